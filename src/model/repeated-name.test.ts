import { describe, expect, it } from 'vitest';
import fc from '../testing/fast-check';
import { repeatedName } from './repeated-name';

describe('a name that an object holds twice', () => {
  it('is found at any depth, however it is written', () => {
    expect(repeatedName('{"a": 1, "a": 2}')).toBe('a');
    expect(repeatedName('[{"b": {"a": 1,"\\u0061" : 2}}]')).toBe('a');
    expect(repeatedName('{"quote\\"": 1, "quote\\"": 2}')).toBe('quote"');
    expect(repeatedName('{"back\\\\": "\\\\", "back\\\\": 2}')).toBe('back\\');
  });

  it('is not one that another object holds, or that stands in a text', () => {
    expect(repeatedName('{"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}]}')).toBeNull();
    expect(repeatedName('{"a": "{\\"b\\": 1, \\"b\\": 2}", "b": "a"}')).toBeNull();
  });

  it('is never found in what was parsed and written again', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(repeatedName(JSON.stringify(JSON.parse(json)))).toBeNull();
      }),
    );
  });

  it('is found where a member of any name is written a second time', () => {
    fc.assert(
      fc.property(fc.string(), fc.json(), (name, value) => {
        const member = `${JSON.stringify(name)}:${value}`;
        expect(repeatedName(`{${member},"other${JSON.stringify(name).slice(1)}:1,${member}}`)).toBe(
          name,
        );
      }),
    );
  });

  it('ends where a text does not', () => {
    expect(repeatedName('{"a')).toBeNull();
  });
});
