/** What is done with words: picked, as a whole or one of its clusters, and mixed. */
import { wordAlone } from '../../src/explore/mixture';
import type { ActionTable } from '../state/action-table';
import { takeCluster, takeMixture } from '../state/explore';
import type { PageState } from '../state/page-state';

const hasModel = ({ model }: PageState): boolean => model !== null;

export const wordActions = {
  'select-word': {
    enabled: hasModel,
    perform: ({ state, update }, { word }) => {
      update(takeMixture(state, wordAlone(word)));
    },
  },
  'select-cluster': {
    enabled: hasModel,
    perform: ({ state, update }, { cluster }) => {
      update(takeCluster(state, cluster));
    },
  },
  mix: {
    enabled: hasModel,
    perform: ({ state, update }, { mixture, gesture }) => {
      update(takeMixture(state, mixture, gesture ?? null));
    },
  },
} satisfies Partial<ActionTable>;
