/**
 * When a run was saved, for people: "26 Nov 2026, 12:00".
 *
 * @param savedAt milliseconds since 1970, as stored: it need not be a date that there is
 */
export function savedWhen(savedAt: number): string {
  const date = new Date(savedAt);
  if (Number.isNaN(date.getTime())) return 'date unknown';
  return date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
