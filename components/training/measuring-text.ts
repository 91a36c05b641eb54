/** How the page words how far a run's figures are. */
import type { MeasuringShare } from '../../workers/trainer/messages';

/** @param epoch that the shown figures are of; null where none are shown */
export function measuringText(share: MeasuringShare, epoch: number | null): string {
  if (share === null) return '';
  if (share !== 'cancelled') return `Measuring … ${String(Math.floor(100 * share))} %`;
  return epoch === null ? 'Not measured.' : `Not measured since epoch ${String(epoch)}.`;
}
