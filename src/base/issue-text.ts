/** What is wrong with a value from outside, in words for people who know no schemas. */
import type * as v from 'valibot';

/** Longest part of a value that is quoted. */
const QUOTED = 40;

const KINDS: ReadonlyMap<string, string> = new Map([
  ['number', 'a number'],
  ['string', 'text'],
  ['boolean', 'true or false'],
  ['Array', 'a list'],
  ['Object', 'a group of named values'],
  ['null', 'nothing (null)'],
]);

/** How a bound is said that schemas write as ">=". */
const BOUNDS: ReadonlyMap<string, string> = new Map([
  ['>=', 'at least'],
  ['>', 'more than'],
  ['<=', 'at most'],
  ['<', 'less than'],
]);

const CHARACTERS = ['character', 'characters'] as const;
const ENTRIES = ['entry', 'entries'] as const;

/**
 * The rest of a sentence that begins with what is wrong: "it must be a number, not "1000"". Issues
 * whose schema has a message of its own have that.
 */
export function issueText(issue: v.BaseIssue<unknown>): string {
  const { kind, type, message, expected } = issue;
  // What valibot says by itself.
  if (!message.startsWith('Invalid ')) return message;
  const received = shortened(issue.received);
  if (expected === 'never') return 'it is not known here';
  if (received === 'undefined') return 'it is missing';
  if (kind === 'schema') return `it must be ${kindText(expected)}, not ${sentText(received)}`;
  if (type === 'integer' || type === 'safe_integer') {
    return `it must be a whole number, not ${received}`;
  }
  if (type === 'finite') return `it must be a finite number, not ${received}`;
  const bound = boundText(expected);
  if (bound === null) return message;
  if (!type.endsWith('length')) return `it must be ${bound}, not ${received}`;
  const [one, many] = typeof issue.input === 'string' ? CHARACTERS : ENTRIES;
  return `it must have ${bound} ${bound.endsWith(' 1') ? one : many}, not ${received}`;
}

/** '("a" | "b")' is a choice; of the kinds of values in it, the words. */
function kindText(expected: string | null): string {
  const choices = (expected ?? 'something else').replaceAll(/^\(|\)$/g, '').split(' | ');
  const named = choices.map((choice) => KINDS.get(choice) ?? choice);
  if (named.length === 1) return named[0] ?? '';
  return `${named.slice(0, -1).join(', ')} or ${named.at(-1) ?? ''}`;
}

function sentText(received: string): string {
  return KINDS.get(received) ?? received;
}

function boundText(expected: string | null): string | null {
  const [, sign = '', number = ''] = /^([<>]=?)(.+)$/.exec(expected ?? '') ?? [];
  const words = BOUNDS.get(sign);
  return words === undefined ? null : `${words} ${number}`;
}

function shortened(received: string): string {
  const text = received.replaceAll(/\s+/g, ' ');
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
}
