/** Values and JSON from outside, let in through a schema only. */
import * as v from 'valibot';
import { InputError } from './input-error';
import { issueText } from './issue-text';

/**
 * The value as the schema describes it.
 *
 * @param what the beginning of the sentence that says what cannot be used
 * @throws InputError naming the place of the first thing that is wrong
 */
export function checked<T>(schema: v.GenericSchema<unknown, T>, value: unknown, what: string): T {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = (v.getDotPath(issue) ?? '').slice(0, 100);
  const at = path === '' ? '' : ` (at ${path})`;
  throw new InputError(
    printable(`${what} cannot be used${at}: ${issueText(issue).slice(0, 200)}.`),
  );
}

/** What is quoted from outside may hold characters that would break the line it stands in. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

/**
 * The JSON text parsed and checked.
 *
 * @throws InputError when it is not JSON or not what the schema describes
 */
export function checkedJson<T>(schema: v.GenericSchema<unknown, T>, text: string, what: string): T {
  return checked(schema, parsedJson(text, what), what);
}

function parsedJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(`${what} cannot be used: it is not valid JSON.`);
  }
}
