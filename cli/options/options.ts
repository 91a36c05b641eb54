/** Command-line options, with bad ones reported as bad input. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { InputError } from '../../src/base/input-error';
import type { Output } from '../output';

type OptionsConfig = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends OptionsConfig> = ReturnType<typeof parseArgs<{ args: string[]; options: O }>>;

/**
 * The values that the arguments give to `options`. `--help` prints the text instead, and gives null.
 *
 * @param options for node:util's parseArgs
 * @param output  where the help goes
 * @throws InputError naming an option that is unknown or lacks its value
 */
export function readOptions<O extends OptionsConfig>(
  args: readonly string[],
  help: string,
  options: O,
  output: Output,
): Parsed<O>['values'] | null {
  if (args.includes('--help') || args.includes('-h')) {
    output.print(help);
    return null;
  }
  try {
    return parseArgs({ args: [...args], options }).values;
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

/** @throws InputError where `--threads` is given and no whole number from 1 to 64 */
export function threadsOr(otherwise: number, value: string | undefined): number {
  const threads = numberOr(otherwise, '--threads', value);
  if (Number.isInteger(threads) && threads >= 1 && threads <= 64) return threads;
  throw new InputError("Option '--threads' is a whole number from 1 to 64.");
}
