import { describe, expect, it } from 'vitest';
import fc from '../testing/fast-check';
import { fileSlug } from './file-slug';

describe('fileSlug', () => {
  it.each([
    ['70 % warm / bright', '70-warm-bright'],
    ['  “Señor” Warm!', 'Señor-Warm'],
    // The accent as a character of its own.
    ['Sen\u0303or', 'Señor'],
    ['暖かい 音', '暖かい-音'],
    ['../..', ''],
  ])('of %j is %j', (text, wanted) => {
    expect(fileSlug(text)).toBe(wanted);
  });

  it('leaves out what it is told to, and no dot at its ends', () => {
    expect(fileSlug('.v1.2 final.', /\s+/g)).toBe('v1.2-final');
  });

  it('is as long as it may be, whatever is cut', () => {
    expect(fileSlug('warm and bright', undefined, 9)).toBe('warm-and');
    expect(fileSlug('𝄞𝄞 𝄞', /\s+/g, 2)).toBe('𝄞𝄞');
  });

  it('is a part of a file’s name whatever the text', () => {
    const unit = fc.constantFrom(...Array.from('aZ9é暖𝄞 -./\\:%\n\u0300\u200d'));
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 100 }), (text) => {
        const slug = fileSlug(text);
        expect(slug).toMatch(/^([\p{L}\p{M}\p{N}]+(-[\p{L}\p{M}\p{N}]+)*)?$/u);
        expect(Array.from(slug).length).toBeLessThanOrEqual(60);
      }),
    );
  });
});
