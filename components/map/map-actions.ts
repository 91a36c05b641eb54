/** What is done on the map: its points are made the current EQ. */
import type { ActionContext, ActionTable } from '../state/action-table';
import { bringsItsMaps, withApart } from '../state/drawn-apart';
import { movePoint, takePoint } from '../state/explore';
import { isActive, type PageState } from '../state/page-state';

const hasModel = ({ model }: PageState): boolean => model !== null;

/** Whether there is what it takes: a word head, the rows of the map or its maps, and no run that draws. */
const canDrawApart = ({ model, phase }: PageState): boolean =>
  model !== null &&
  model.document.spec.wordHead > 0 &&
  (model.settings !== null || bringsItsMaps(model)) &&
  !isActive(phase);

/** Draws a map that came with the model, unless another is shown by then. */
async function drawReady(context: ActionContext, amount: number): Promise<void> {
  const { model } = context.state;
  if (model === null) return;
  try {
    const { readyApart } = await import('./ready-apart');
    const apart = await readyApart(model, amount, context.browser);
    if (context.state.model === model) context.update(withApart(apart));
  } catch {
    context.notify(
      'warning',
      'The map with words drawn apart could not be loaded from the page’s own server. Move the slider again to try once more.',
    );
  }
}

export const mapActions = {
  'draw-apart': {
    enabled: canDrawApart,
    perform: async (context, { amount }) => {
      const { model } = context.state;
      if (model !== null && bringsItsMaps(model)) await drawReady(context, amount);
      else context.send({ type: 'draw-apart', amount });
    },
  },
  scrub: {
    enabled: ({ timeline }) => timeline.frames.length > 0,
    perform: ({ update }, { epoch }) => {
      update({ cursor: epoch });
    },
  },
  'take-point': {
    enabled: hasModel,
    perform: ({ state, update }, { place, gesture }) => {
      update(takePoint(state, place, gesture));
    },
  },
  'move-point': {
    enabled: hasModel,
    perform: ({ state, update }, { by, gesture }) => {
      update(movePoint(state, by, gesture));
    },
  },
} satisfies Partial<ActionTable>;
