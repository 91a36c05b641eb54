/** What is done on the map: its points are made the current EQ. */
import type { ActionTable } from '../state/action-table';
import { movePoint, takePoint } from '../state/explore';
import { isActive, type PageState } from '../state/page-state';

const hasModel = ({ model }: PageState): boolean => model !== null;

/** Whether the worker has what it takes: a word head, the rows of the map, and no run that draws. */
const canDrawApart = ({ model, phase }: PageState): boolean =>
  model !== null && model.document.spec.wordHead > 0 && model.settings !== null && !isActive(phase);

export const mapActions = {
  'draw-apart': {
    enabled: canDrawApart,
    perform: ({ send }, { amount }) => {
      send({ type: 'draw-apart', amount });
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
