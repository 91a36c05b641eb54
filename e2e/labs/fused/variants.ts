/** What the kernels do differently from one task of the spec grid to another. */
import { buildTape, tapeOptions } from '../../../src/engines/tape/build-tape';
import { PHASES } from '../../../src/engines/tape/tape';
import { taskExamples, type GridTask } from '../../../src/testing/spec-grid';

/** The operations of a task's step without sizes and places, and what is special about its rows. */
export function variantsOf(task: GridTask): string[] {
  const { spec, settings, rows, data } = task;
  const { phases } = buildTape(spec, {
    ...tapeOptions(settings, taskExamples(task)),
    layout: { panel: null, stride: (columns) => columns },
  });
  return [
    ...PHASES.flatMap((phase) => phases[phase].map((op) => JSON.stringify(op, withoutPlaces))),
    `contrastive with itself: ${String(settings.contrastiveSelf)}`,
    `weight decay: ${String(settings.weightDecay > 0)}`,
    `columns: ${JSON.stringify(settings.columns)}`,
    `rows: ${rows === 1 ? 'one' : rows < settings.batchSize ? 'a short batch' : 'a whole batch'}`,
    ...Object.entries(data).map(([what, holds]) => `${what}: ${String(holds)}`),
  ];
}

function withoutPlaces(key: string, value: unknown): unknown {
  if (key === 'site' || key === 'entry') return undefined;
  return typeof value === 'object' && value !== null && 'offset' in value ? 'matrix' : value;
}
