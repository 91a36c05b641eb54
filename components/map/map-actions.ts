/** What is done on the map: its points are made the current EQ. */
import type { ActionTable } from '../state/action-table';
import { movePoint, takePoint } from '../state/explore';
import type { PageState } from '../state/page-state';

const hasModel = ({ model }: PageState): boolean => model !== null;

export const mapActions = {
  'take-point': {
    enabled: hasModel,
    perform: ({ state, update }, { latent, gesture }) => {
      update(takePoint(state, latent, gesture));
    },
  },
  'move-point': {
    enabled: hasModel,
    perform: ({ state, update }, { by, gesture }) => {
      update(movePoint(state, by, gesture));
    },
  },
} satisfies Partial<ActionTable>;
