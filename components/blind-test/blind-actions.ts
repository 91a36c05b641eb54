/** What is done with the results of blind tests, which the worker keeps. */
import type { ActionTable } from '../state/action-table';
import { always } from '../state/action-table';

export const blindActions = {
  'save-listening-test': {
    enabled: always,
    perform: ({ send }, { test }) => {
      send({ type: 'save-listening-test', test });
    },
  },
  'list-listening-tests': {
    enabled: always,
    perform: ({ send }) => {
      send({ type: 'list-listening-tests' });
    },
  },
  'delete-listening-test': {
    enabled: always,
    perform: ({ send }, { id }) => {
      send({ type: 'delete-listening-test', id });
    },
  },
} satisfies Partial<ActionTable>;
