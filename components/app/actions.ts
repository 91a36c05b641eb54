/** Everything that can be done on the page. */
import { blindActions } from '../blind-test/blind-actions';
import { dataActions } from '../data/data-actions';
import { eqActions } from '../equaliser/eq-actions';
import { mapActions } from '../map/map-actions';
import { recipeActions } from '../recipe/recipe-actions';
import { libraryActions } from '../runs/library-actions';
import type { ActionTable } from '../state/action-table';
import { sweepActions } from '../sweep/sweep-actions';
import { runActions } from '../training/run-actions';
import { wordActions } from '../words/word-actions';
import { pageActions } from './page-actions';

export const ACTIONS: ActionTable = {
  ...dataActions,
  ...recipeActions,
  ...runActions,
  ...sweepActions,
  ...mapActions,
  ...wordActions,
  ...eqActions,
  ...libraryActions,
  ...blindActions,
  ...pageActions,
};
