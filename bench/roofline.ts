/** What a step should take on graphics cards that were not measured, by what the tape counts. */
import { buildTape } from '../src/engines/tape/build-tape';
import { LAYOUT, PROFILES, type Profile } from '../src/engines/webgpu/profiles';
import { stepCost, type DispatchCost } from '../src/engines/webgpu/step-cost';
import { specOf } from '../src/recipe/recipe';
import { RECIPE } from './work';

export interface Card {
  readonly name: string;
  /** Float32 operations a second, at best. */
  readonly flops: number;
  /** Bytes a second from memory, at best. */
  readonly bandwidth: number;
  /** Where both stand. */
  readonly source: string;
}

export const CARDS: readonly Card[] = [
  {
    name: 'laptop: Intel Iris Xe, 96 units',
    // 96 units of 8 lanes at 1.35 GHz; two channels of LPDDR4x-4267.
    flops: 96 * 8 * 2 * 1.35e9,
    bandwidth: 16 * 4267e6,
    source: 'Intel’s page of the Core i7-1185G7: 96 execution units, 1.35 GHz, LPDDR4x-4267',
  },
  {
    name: 'middling: NVIDIA GeForce RTX 4060',
    flops: 15.1e12,
    bandwidth: 272e9,
    source: 'NVIDIA’s page of the GeForce RTX 4060',
  },
  {
    name: 'large: NVIDIA H100 SXM',
    flops: 67e12,
    bandwidth: 3.35e12,
    source: 'NVIDIA’s data sheet of the H100',
  },
];

/**
 * What a dispatch costs beside its work, in seconds: the lower end of what was measured through
 * Vulkan, 24 to 36 µs, in "Characterizing WebGPU dispatch overhead", arXiv:2604.02344.
 */
export const LAUNCH_SECONDS = 24e-6;

/**
 * What a load takes that the second cache answers, in seconds: 279 cycles of an NVIDIA L40, at
 * 2.49 GHz (arXiv:2606.22588). Other cards are taken to be as slow.
 */
export const WAIT_SECONDS = 279 / 2.49e9;

export interface Prediction {
  readonly card: Card;
  /** Seconds of a step. */
  readonly launches: number;
  readonly arithmetic: number;
  /** Every matrix once, and whatever the workgroups ask for, as if no cache answered. */
  readonly memoryLeast: number;
  readonly memoryMost: number;
  /** Of trips of the innermost loop, one after the other. */
  readonly waits: number;
  /** Everything at once, at best. */
  readonly least: number;
  /** Everything in a row, at worst. */
  readonly most: number;
}

/** A roofline, as its two ends: what the card's limits leave, and what waiting adds to it. */
export function predict(card: Card, dispatches: readonly DispatchCost[]): Prediction {
  const sum = (of: (dispatch: DispatchCost) => number): number =>
    dispatches.reduce((all, dispatch) => all + of(dispatch), 0);
  const launches = dispatches.length * LAUNCH_SECONDS;
  const waits = sum(({ trips }) => trips) * WAIT_SECONDS;
  const roof = (bytes: (dispatch: DispatchCost) => number): number =>
    sum((dispatch) => Math.max(dispatch.flop / card.flops, bytes(dispatch) / card.bandwidth));
  return {
    card,
    launches,
    arithmetic: sum(({ flop }) => flop) / card.flops,
    memoryLeast: sum(({ leastBytes }) => leastBytes) / card.bandwidth,
    memoryMost: sum(({ bytes }) => bytes) / card.bandwidth,
    waits,
    least: launches + roof(({ leastBytes }) => leastBytes),
    most: launches + roof(({ bytes }) => bytes) + waits,
  };
}

/** What other ways of computing a step would save of it, in seconds and barriers. */
export interface Remedies {
  /** By matrices of half floats: of the lower end, and of the upper one. */
  readonly halves: readonly [number, number];
  /** By eight products on their way at once in place of four: of the upper end, at most. */
  readonly eight: number;
  /** Barriers fewer in a workgroup, where subgroups of 32 add up their own numbers. */
  readonly barriers: number;
}

/** What half floats, longer trips and subgroups would save on a card; nothing of it is built. */
export function remedies(card: Card): Remedies {
  const dispatches = seedDispatches();
  const now = predict(card, dispatches);
  const halved = predict(
    card,
    dispatches.map((it) => ({ ...it, bytes: it.bytes / 2, leastBytes: it.leastBytes / 2 })),
  );
  const eight = predict(card, seedDispatches({ ...PROFILES.hardware, together: 8 }));
  const barriersOf = (profile: Profile): number =>
    seedDispatches(profile).reduce((sum, { barriers }) => sum + barriers, 0);
  // What is left for the workgroup to add up is one number of each subgroup.
  const subgroups = PROFILES.hardware.lanes / SUBGROUP;
  return {
    halves: [now.least - halved.least, now.most - halved.most],
    eight: now.waits - eight.waits,
    barriers:
      barriersOf(PROFILES.hardware) - barriersOf({ ...PROFILES.hardware, lanes: subgroups }),
  };
}

/** Invocations of a subgroup on most cards. */
const SUBGROUP = 32;

/** The dispatches of a step of the Seed V2 run, as graphics cards get them. */
export function seedDispatches(profile: Profile = PROFILES.hardware): DispatchCost[] {
  const tape = buildTape(specOf(RECIPE, 0), {
    batchSize: RECIPE.batchSize,
    dropout: RECIPE.dropout > 0,
    reconstruction: 'mse',
    targets: false,
    mask: false,
    layout: LAYOUT,
  });
  return stepCost(tape, profile);
}
