/** What a row of the table of settings says. */
import * as v from 'valibot';

/** The groups of the recipe panel, in its order, and their titles. */
export const PANEL_GROUPS = {
  run: 'Run',
  model: 'Model',
  loss: 'Loss and optimiser',
  more: 'More settings',
} as const;

export type PanelGroup = keyof typeof PANEL_GROUPS;

/**
 * Why a setting may not differ between the runs of a sweep, which one program trains side by side:
 * it changes the shapes of the tensors, the operations of a step, how long a run is, what its losses
 * mean, or which rows it is measured on.
 */
export type SweepObstacle = 'shape' | 'operations' | 'length' | 'meaning' | 'rows';

/** A setting that may differ between the runs of a sweep. */
export type Varies = Readonly<{
  varies: true;
  /**
   * Values of a number or a switch to begin with in the page's dialog; left out: only a sweep file may
   * vary it.
   */
  example?: string;
  /** A sentence for beside the values in the dialog. */
  hint?: string;
}>;

/**
 * Why a smaller training loss is no longer a better one between runs that differ in the setting: all
 * losses are in another unit; the reconstruction is measured differently; the contrastive loss is
 * another one; the total is weighed differently; or the losses are measured under another dropout.
 */
export type LossEffect = 'unit' | 'measure' | 'contrast' | 'weight' | 'noise';

/** All that is said of a setting, whatever its type. */
export type SettingFacts = Readonly<{
  /** With a capital, as a control is labelled. */
  label: string;
  /** What names of runs and tables call it; left out: the label, in lower case. */
  short?: string;
  /** What it does, in full sentences for somebody who has not met it before. */
  help: string;
  /** Of a number; a `share` is stored as 0–1 and shown in per cent. */
  unit?: 'share' | 'epochs' | 'rows';
  /** Where the page's recipe panel shows it; null: not there. */
  group: PanelGroup | null;
  /** How far a press of an arrow key goes, of a number that need not be whole; left out: any step. */
  step?: number;
  /** What each value of a choice is called. */
  options?: Readonly<Record<string, string>>;
  /** What to beware of with a value, a sentence each. */
  warnings?: Readonly<Record<string, string>>;
  /** Has an effect only while each of these settings has one of the values; left out: always. */
  when?: Readonly<Record<string, readonly (string | boolean)[]>>;
  sweep: SweepObstacle | Varies;
  /** Left out: losses can be compared all the same. */
  losses?: LossEffect;
}>;

/** A choice names each of its values, no more and no fewer. */
type FactsAbout<Value> = SettingFacts &
  ([Value] extends [string]
    ? string extends Value
      ? unknown
      : {
          readonly options: Readonly<Record<Value, string>>;
          readonly warnings?: Readonly<Partial<Record<Value, string>>>;
        }
    : unknown);

/** Refuses a fact that nobody reads, such as a misspelt one. */
type NoOther<Facts> = Readonly<Record<Exclude<keyof Facts, keyof SettingFacts>, never>>;

/**
 * A row of the table: a schema, which the facts about the setting travel with.
 *
 * @param schema `v.optional` with a default where documents were written before the setting existed
 */
export function setting<
  const Schema extends v.GenericSchema,
  const Facts extends FactsAbout<v.InferOutput<Schema>>,
>(schema: Schema, facts: Facts & NoOther<Facts>) {
  return v.pipe(schema, v.metadata(facts));
}

export const numberFrom = (least: number, most: number) =>
  v.pipe(v.number(), v.minValue(least), v.maxValue(most));

export const wholeFrom = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** Of a loss in the total. */
export const weight = numberFrom(0, 100);

/** A share of the rows or epochs that leaves enough for the rest. */
export const share = numberFrom(0, 0.8);
