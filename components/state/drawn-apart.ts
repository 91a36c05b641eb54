/** The map with its words drawn apart, as the page has it. */
import { AMOUNTS, READY_AMOUNTS } from '../../src/explore/draw-apart';
import type { ApartMap } from '../../src/explore/apart-map';
import type { PageState, ShownModel } from './page-state';

/** Whether a model is the ready-made one without its rows: its maps come with it, and are few. */
export function bringsItsMaps({ source, settings }: ShownModel): boolean {
  return source === 'ready-made' && settings === null;
}

/** How far the words of a model's map can be drawn apart. */
export function amountsOf(model: ShownModel): readonly number[] {
  return bringsItsMaps(model) ? [0, ...READY_AMOUNTS] : AMOUNTS;
}

/** What changes once the map is drawn otherwise. */
export function withApart(apart: ApartMap | null): Pick<PageState, 'apart' | 'announcement'> {
  const announcement =
    apart === null
      ? 'The map is drawn as the model has it.'
      : `The words are drawn apart by ${String(apart.pull.amount)}.`;
  return { apart, announcement };
}
