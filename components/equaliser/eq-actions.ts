/** What is done with the current EQ: taken, shaped, and taken back. */
import type { ActionContext, ActionTable } from '../state/action-table';
import { always } from '../state/action-table';
import { redoEq, shapeEq, takeEq, undoEq } from '../state/explore';

export const eqActions = {
  'take-eq': {
    enabled: always,
    perform: ({ state, update }, { current, gesture }) => {
      update(takeEq(state, current, gesture ?? null));
    },
  },
  shape: {
    enabled: ({ eqHistory }) => eqHistory.present !== null,
    perform: ({ state, update }, { change, gesture }) => {
      update(shapeEq(state, change, gesture));
    },
  },
  'choose-slots': {
    enabled: always,
    perform: ({ update }, { slots }) => {
      update({ slots });
    },
  },
  undo: {
    label: 'Undo',
    keys: ['Mod+Z'],
    enabled: ({ eqHistory }) => eqHistory.present !== null && eqHistory.past.length > 0,
    perform: (context) => {
      turnBack(context, undoEq(context.state), 'Undone');
    },
  },
  redo: {
    label: 'Redo',
    // Cmd+Y opens the history of the browser.
    keys: ['Mod+Shift+Z', 'Ctrl+Y'],
    enabled: ({ eqHistory }) => eqHistory.present !== null && eqHistory.future.length > 0,
    perform: (context) => {
      turnBack(context, redoEq(context.state), 'Done again');
    },
  },
} satisfies Partial<ActionTable>;

function turnBack(
  { update }: ActionContext,
  explored: ReturnType<typeof undoEq>,
  done: string,
): void {
  const name = explored.eqHistory.present?.name ?? '';
  update({ ...explored, announcement: `${done}. Current EQ: ${name}.` });
}
