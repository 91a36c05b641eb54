import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { InputError } from '../base/input-error';
import fc from '../testing/fast-check';
import { decodeShortLink, encodeShortLink, modelIdOf } from './short-link';

describe('a short link', () => {
  it('leads to the id: 128 bits of the file’s SHA-256 in base64url', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const id = await modelIdOf(bytes);
        const hash = createHash('sha256').update(bytes).digest();
        expect(id).toBe(hash.subarray(0, 16).toString('base64url'));
        expect(decodeShortLink(encodeShortLink(id))).toBe(id);
        expect(encodeShortLink(id)).toHaveLength(24);
      }),
    );
  });

  it('says what became of it on the way', async () => {
    const whole = encodeShortLink(await modelIdOf(new Uint8Array()));
    for (let length = 2; length < whole.length; length++) {
      expect(() => decodeShortLink(whole.slice(0, length))).toThrow('cut short');
    }
    for (const fragment of [
      `${whole}A`,
      `${whole.slice(0, -1)}B`,
      `${whole}=`,
      's=../../x',
      `s=${'é'.repeat(22)}`,
    ]) {
      expect(() => decodeShortLink(fragment)).toThrow('damaged');
      expect(() => decodeShortLink(fragment)).toThrow(InputError);
    }
    expect(() => decodeShortLink('warmbright1.x')).toThrow('not a short link');
  });
});
