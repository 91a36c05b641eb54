/** What a step asks of a graphics card, and what cards should make of it, as tables. */
import { CARDS, predict, remedies, seedDispatches } from './roofline';
import { figure, type Table } from './tables';

/** Steps of the Seed V2 run. */
const RUN_STEPS = 3150;

/** Each dispatch of a step of the Seed V2 run, and their sum. */
export function dispatchTable(): Table {
  const dispatches = seedDispatches();
  const sum = (of: 'flop' | 'bytes' | 'leastBytes' | 'barriers' | 'trips'): number =>
    dispatches.reduce((all, dispatch) => all + dispatch[of], 0);
  const cells = (flop: number, least: number, bytes: number, barriers: number, trips: number) => [
    figure(flop / 1e6),
    figure(least / 1e3),
    figure(bytes / 1e3),
    figure(barriers),
    figure(trips),
  ];
  return [
    ['dispatch', 'workgroups', 'MFLOP', 'kB at least', 'kB asked for', 'barriers', 'waits'],
    ...dispatches.map(({ phase, workgroups, flop, leastBytes, bytes, barriers, trips }) => [
      phase,
      figure(workgroups),
      ...cells(flop, leastBytes, bytes, barriers, trips),
    ]),
    [
      `a step: ${String(dispatches.length)} dispatches`,
      '',
      ...cells(sum('flop'), sum('leastBytes'), sum('bytes'), sum('barriers'), sum('trips')),
    ],
  ];
}

/** Of each card, parts of a step in microseconds, and the two ends of what it should take. */
export function cardTable(): Table {
  const dispatches = seedDispatches();
  const micro = (seconds: number): string => figure(1e6 * seconds);
  const between = (least: number, most: number): string => `${figure(least)} – ${figure(most)}`;
  return [
    [
      'card',
      ...['launches, µs', 'arithmetic, µs', 'memory, µs', 'waits, µs'],
      ...['ms a step', 'Seed V2 run, s'],
    ],
    ...CARDS.map((card) => {
      const { launches, arithmetic, memoryLeast, memoryMost, waits, least, most } = predict(
        card,
        dispatches,
      );
      return [
        card.name,
        micro(launches),
        micro(arithmetic),
        between(1e6 * memoryLeast, 1e6 * memoryMost),
        micro(waits),
        between(1000 * least, 1000 * most),
        between(RUN_STEPS * least, RUN_STEPS * most),
      ];
    }),
  ];
}

/** Share of a step that a change must save to be worth kernels of its own. */
export const WORTH = 0.05;

/** Of each card, what other kernels would save of a step at most. */
export function remedyTable(): Table {
  const dispatches = seedDispatches();
  const saved = (seconds: number, of: number): string =>
    `${figure(1e6 * seconds)} of ${figure(1e6 * of)}`;
  return [
    [
      'card',
      ...['half floats, µs at least', 'half floats, µs at most', 'eight products, µs at most'],
      ...['barriers fewer', 'ns a barrier'],
    ],
    ...CARDS.map((card) => {
      const { least, most } = predict(card, dispatches);
      const { halves, eight, barriers } = remedies(card);
      return [
        card.name,
        saved(halves[0], least),
        saved(halves[1], most),
        saved(eight, most),
        figure(barriers),
        figure((1e9 * WORTH * least) / barriers),
      ];
    }),
  ];
}
