/** Warmbright's own file: the filters as plain JSON, for programs that people write themselves. */
import * as v from 'valibot';
import type { NamedSetting } from '../eq/named-setting';
import { bandsOf } from '../eq/parameters';
import {
  checkedFilter,
  checkedPreamp,
  decimal,
  fileStem,
  oneLine,
  preampDb,
  type PresetFormat,
  type PresetOptions,
  type ReadPreset,
} from './preset';
import { parseStructured } from './structured';

/** Value of the field "format", by which such files are told. */
export const PLAIN_FORMAT = 'warmbright-eq';

const filterSchema = v.object({
  kind: v.picklist([
    'low shelf',
    'bell',
    'high shelf',
    'low pass',
    'high pass',
    'band pass',
    'notch',
  ]),
  frequencyHz: v.number(),
  gainDb: v.optional(v.number(), 0),
  q: v.number(),
  enabled: v.optional(v.boolean(), true),
});
const fileSchema = v.object({
  format: v.literal(PLAIN_FORMAT),
  version: v.literal(1),
  name: v.optional(v.string(), ''),
  preampDb: v.optional(v.number(), 0),
  filters: v.pipe(v.array(filterSchema), v.maxLength(1000)),
});

function write(named: NamedSetting, options: PresetOptions): string {
  const file: v.InferOutput<typeof fileSchema> = {
    format: PLAIN_FORMAT,
    version: 1,
    name: oneLine(named.name),
    preampDb: preampDb(named.setting, options),
    filters: bandsOf(named.setting).map(({ kind, frequencyHz, gainDb, q }) => ({
      kind,
      frequencyHz: decimal(frequencyHz, 4),
      gainDb: decimal(gainDb, 4),
      q: decimal(q, 5),
      enabled: true,
    })),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function read(text: string): ReadPreset {
  const json = parseStructured(text, 'JSON');
  const file = json.get([], fileSchema);
  const on = file.filters.map((filter, i) => ({ filter, at: json.at(['filters', i]) }));
  const enabled = on.filter(({ filter }) => filter.enabled);
  return {
    name: oneLine(file.name) || null,
    filters: enabled.map(({ filter: { kind, frequencyHz, gainDb, q }, at }) =>
      checkedFilter({ kind, frequencyHz, gainDb, q }, at),
    ),
    curve: [],
    preampDb: checkedPreamp(file.preampDb, json.at(['preampDb'])),
    off: on.length - enabled.length,
    notes: [],
  };
}

export const PLAIN_JSON: PresetFormat = {
  key: 'json',
  title: 'Plain JSON',
  fileName: (name) => `${fileStem(name)}.warmbright.json`,
  mediaType: 'application/json',
  write,
  read,
};
