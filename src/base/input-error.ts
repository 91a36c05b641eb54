/**
 * Something that came from outside (a file, a link, a saved run) cannot be used.
 *
 * The message is one sentence for people and names the line, column or tensor at fault.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}
