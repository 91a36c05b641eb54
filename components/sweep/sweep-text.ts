/** A sweep's table as one that is taken away. */
import type { Cell, TextTable } from '../../src/base/table-text';
import type { SweepMember } from '../state/sweep-state';
import { columnsOf, measuredOn, type ColumnGroup } from './sweep-figures';

/** The runs in their order, each with its figures, and why those failed that did. */
export function sweepTable(members: readonly SweepMember[]): TextTable {
  const columns = columnsOf(members);
  const on = measuredOn(members);
  const where: Record<ColumnGroup, string> = {
    run: '',
    setting: '',
    training: ', last epoch, training rows',
    quality: on === null ? '' : `, ${on}`,
  };
  const failed = members.some(({ outcome }) => outcome?.kind === 'failed');
  const titles = columns.map(({ key, title, group }) =>
    key === 'epochs' ? title : `${title}${where[group]}`,
  );
  const rows = members.map((member, index): Cell[] => {
    const cells = columns.map(({ value, text }): Cell => {
      const own = value(member, index);
      // As programs read it.
      return own === null ? null : text(own).replaceAll('−', '-');
    });
    const reason = member.outcome?.kind === 'failed' ? member.outcome.reason : null;
    return failed ? [...cells, reason] : cells;
  });
  return { columns: failed ? [...titles, 'Failed'] : titles, rows };
}
