/**
 * The table of a recipe's settings: one row each, with all that the page, the command line, names of
 * runs, sweeps and comparisons need to know of it.
 */
import * as v from 'valibot';
import { CONTRASTIVE_SETTINGS } from './settings/contrastive-settings';
import { DATA_SETTINGS } from './settings/data-settings';
import { MODEL_SETTINGS } from './settings/model-settings';
import { OPTIMISATION_SETTINGS } from './settings/optimisation-settings';
import { RECONSTRUCTION_SETTINGS } from './settings/reconstruction-settings';
import { setting, type SettingFacts, type Varies } from './settings/setting';

/** Names of runs, the groups of the recipe panel and the columns of sweeps keep this order. */
export const SETTINGS = {
  // Not an enumeration: a recipe may have started from one that is not offered any more.
  preset: setting(v.string(), {
    label: 'Recipe',
    help: 'Key of the offered recipe that this one started from.',
    group: null,
    sweep: 'shape',
  }),
  ...MODEL_SETTINGS,
  ...CONTRASTIVE_SETTINGS,
  ...OPTIMISATION_SETTINGS,
  ...RECONSTRUCTION_SETTINGS,
  ...DATA_SETTINGS,
};

export type SettingKey = keyof typeof SETTINGS;

/** The facts of one setting, with their literal types. */
type FactsOf<Key extends SettingKey> = (typeof SETTINGS)[Key]['pipe'][1]['metadata'];

/** The keys of all settings whose facts say so. */
export type KeysWhere<Facts> = {
  [Key in SettingKey]: FactsOf<Key> extends Facts ? Key : never;
}[SettingKey];

/** A setting that may differ between the runs of a sweep. */
export type VariedSetting = KeysWhere<{ readonly sweep: Varies }>;

/** In the order of the table. */
export const SETTING_KEYS = v.keyof(v.object(SETTINGS)).options;

export function isSettingKey(key: unknown): key is SettingKey {
  return typeof key === 'string' && Object.hasOwn(SETTINGS, key);
}

export function factsOf(key: SettingKey): SettingFacts {
  return SETTINGS[key].pipe[1].metadata;
}

/** How a setting varies in a sweep. */
export function variesOf(key: VariedSetting): Varies {
  return SETTINGS[key].pipe[1].metadata.sweep;
}

/** What names of runs and columns of tables call a setting: "learning rate", "KL annealing start". */
export function shortLabel(key: SettingKey): string {
  const { label, short } = factsOf(key);
  return short ?? label.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase());
}
