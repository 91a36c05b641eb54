/** A kept run as the list has it. For tests only. */
import type { RunSummary } from '../storage/run-summary';

export function sampleSummary(id: string, more: Partial<RunSummary> = {}): RunSummary {
  return {
    id,
    name: id,
    savedAt: 1,
    epochs: 3,
    plannedEpochs: 150,
    finished: true,
    synthetic: true,
    scoreboard: null,
    bytes: 1000,
    ...more,
  };
}
