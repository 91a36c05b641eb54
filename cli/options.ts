/** Command-line options, with bad ones reported as bad input. */
import { InputError } from '../src/input-error';

/**
 * What `parse`, a call of node:util's parseArgs, makes of the arguments. `--help` prints the text
 * instead, and gives null.
 *
 * @throws InputError naming an option that is unknown or lacks its value
 */
export function readOptions<T>(
  args: readonly string[],
  help: string,
  parse: (args: string[]) => T,
): T | null {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(help);
    return null;
  }
  try {
    return parse([...args]);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node's message goes on with advice that is not for this program's users.
    const [sentence = ''] = error.message.split(/\. |\n/);
    throw new InputError(`${sentence.replace(/\.$/, '')}; --help lists the options.`);
  }
}

/** @throws InputError when the option was left out */
export function needed(option: string, value: string | undefined): string {
  if (value === undefined || value === '') {
    throw new InputError(`Option '${option}' is missing; --help lists the options.`);
  }
  return value;
}

/**
 * The number an option was given, or `otherwise` when it was left out.
 *
 * @throws InputError when it is not a number
 */
export function numberOr(otherwise: number, option: string, value: string | undefined): number {
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) {
    throw new InputError(`Option '${option}' takes a number, not "${value}".`);
  }
  return number;
}
