/**
 * Which filters of a CamillaDSP configuration a channel goes through.
 *
 * Source: CamillaDSP's README, its reader of configurations, versions 1 to 3, and its pipeline.
 */
import * as v from 'valibot';
import { InputError } from '../base/input-error';
import type { Structured } from './structured';

const stepSchema = v.object({
  type: v.string(),
  name: v.nullish(v.string(), ''),
  bypassed: v.nullish(v.boolean(), false),
  // Versions before 3 name one channel, later ones a list; no list stands for all channels, and an
  // empty one for none.
  channel: v.nullish(v.number()),
  channels: v.nullish(v.array(v.number())),
  names: v.optional(v.array(v.string()), []),
});
type Step = v.InferOutput<typeof stepSchema>;
const MOST_STEPS = 1000;

interface Place {
  readonly name: string;
  readonly at: string;
}

interface InUse {
  /** The filters in the order in which the sound goes through them. */
  readonly used: readonly Place[];
  readonly notes: string[];
  /** How many are bypassed. */
  readonly off: number;
}

/**
 * @param filters the names of all, which are in use where the file has no pipeline
 * @throws InputError naming the line at fault
 */
export function filtersInUse(yaml: Structured, filters: readonly string[]): InUse {
  const steps = yaml.get(
    ['pipeline'],
    v.nullish(v.pipe(v.array(v.unknown()), v.maxLength(MOST_STEPS))),
  );
  if (!steps) {
    const used = filters.map((name) => ({ name, at: yaml.at(['filters', name]) }));
    return { used, notes: ['There is no pipeline; all filters of the file were read.'], off: 0 };
  }
  const read = steps.map((_, i) => ({
    place: ['pipeline', i],
    at: yaml.at(['pipeline', i]),
    step: yaml.get(['pipeline', i], stepSchema),
  }));
  const notes: string[] = [];
  const first = Math.min(...read.flatMap(({ step }) => channelsOf(step) ?? []));
  const used: Place[] = [];
  let off = 0;
  for (const { place, at, step } of read) {
    if (step.bypassed) {
      off += step.names.length;
    } else if (step.type === 'Filter') {
      const channels = channelsOf(step);
      if (channels === null || channels.includes(first)) {
        const named = step.names.map((name, i) => ({
          name: withTokens(yaml, name),
          at: yaml.at([...place, 'names', i]),
        }));
        used.push(...named);
      } else {
        notes.push(`${at}: ${whyNot(channels, first)}, so this step was left aside.`);
      }
    } else {
      const name = step.name === '' ? '' : ` "${step.name.slice(0, 40)}"`;
      notes.push(`${at}: the ${step.type.slice(0, 20).toLowerCase()}${name} is not followed.`);
    }
  }
  if (used.length > MOST_STEPS) throw new InputError('Line 1: the pipeline has too many filters.');
  if (first > 0 && Number.isFinite(first)) {
    notes.push(`Channel ${String(first)} was read, the first that the pipeline names.`);
  }
  return { used, notes, off };
}

/** Null for all. */
function channelsOf({ type, bypassed, channel, channels }: Step): readonly number[] | null {
  if (type !== 'Filter' || bypassed) return null;
  return channels ?? (typeof channel === 'number' ? [channel] : null);
}

function whyNot(channels: readonly number[], first: number): string {
  return channels.length === 0
    ? 'an empty list of channels is none'
    : `channel ${String(first)} is not among ${channels.slice(0, 8).join(', ')}`;
}

/** Names may have the sample rate and the number of channels in them. */
function withTokens(yaml: Structured, name: string): string {
  if (!/\$(samplerate|channels)\$/.test(name)) return name;
  const number = (path: readonly string[]): string =>
    String(yaml.get(path, v.pipe(v.number(), v.integer())));
  return name
    .replaceAll('$samplerate$', () => number(['devices', 'samplerate']))
    .replaceAll('$channels$', () => number(['devices', 'capture', 'channels']));
}
