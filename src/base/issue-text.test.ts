import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { issueText } from './issue-text';

function textOf(schema: v.GenericSchema, value: unknown): string {
  const result = v.safeParse(schema, value);
  return result.success ? 'as it should be' : issueText(result.issues[0]);
}

describe('what is wrong with a value', () => {
  it.each([
    [v.number(), '1000', 'it must be a number, not "1000"'],
    [v.number(), null, 'it must be a number, not nothing (null)'],
    [v.string(), 3, 'it must be text, not 3'],
    [v.boolean(), 'on', 'it must be true or false, not "on"'],
    [v.array(v.number()), {}, 'it must be a list, not a group of named values'],
    [v.record(v.string(), v.number()), 3, 'it must be a group of named values, not 3'],
    [v.object({ a: v.number() }), {}, 'it is missing'],
    [v.strictObject({ a: v.number() }), { a: 1, b: 2 }, 'it is not known here'],
    [v.picklist(['one', 'two', 'three']), 'four', 'it must be "one", "two" or "three", not "four"'],
    [v.literal(1), 2, 'it must be 1, not 2'],
    [v.union([v.number(), v.null()]), 'x', 'it must be a number or nothing (null), not "x"'],
    [v.pipe(v.number(), v.integer()), 1.5, 'it must be a whole number, not 1.5'],
    [v.pipe(v.number(), v.safeInteger()), 1e300, 'it must be a whole number, not 1e+300'],
    [v.pipe(v.number(), v.finite()), Infinity, 'it must be a finite number, not Infinity'],
    [v.pipe(v.number(), v.minValue(0)), -4, 'it must be at least 0, not -4'],
    [v.pipe(v.number(), v.maxValue(64)), 65, 'it must be at most 64, not 65'],
    [v.pipe(v.string(), v.minLength(1)), '', 'it must have at least 1 character, not 0'],
    [v.pipe(v.array(v.number()), v.maxLength(1)), [1, 2], 'it must have at most 1 entry, not 2'],
    [v.pipe(v.number(), v.minValue(0, 'too little')), -4, 'too little'],
  ])('is said in plain words: %#', (schema, value, text) => {
    expect(textOf(schema, value)).toBe(text);
  });

  it('quotes no more than the beginning of a long text, on one line', () => {
    const text = textOf(v.number(), `a\nb${'c'.repeat(1000)}`);
    expect(text).toMatch(/^it must be a number, not "a/);
    expect(text).not.toContain('\n');
    expect(text.length).toBeLessThan(80);
  });
});
