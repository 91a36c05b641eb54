import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { InputError } from '../base/input-error';
import { readModelFile, writeModelFile } from '../model/model-file';
import { Stream, randomBits } from '../math/threefry';
import fc from '../testing/fast-check';
import { sampleModel } from '../testing/sample-model';
import { sharedFile } from '../testing/shared-files';
import { decodeLink, encodeLink } from '../testing/first-link';

/** A fragment put together by hand around deflated bytes, check and all. */
function linkAround(deflated: Uint8Array): string {
  const payload = Buffer.from(deflated).toString('base64url');
  const check = createHash('sha256').update(payload).digest('hex').slice(0, 16);
  return `warmbright1.${String(payload.length)}.${check}.${payload}`;
}

/** What is said of a fragment that cannot be opened. */
async function refusal(fragment: string): Promise<string> {
  try {
    await decodeLink(fragment);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return String(error);
  }
  return 'opened';
}

const whole = await encodeLink(writeModelFile(sampleModel()));

describe('a link', () => {
  it('carries a model file', async () => {
    expect(readModelFile(await decodeLink(whole))).toEqual(sampleModel());
  });

  it('carries the exact bytes, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 20_000 }), async (bytes) => {
        expect(await decodeLink(await encodeLink(bytes))).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it('is deflated and in base64url, as other programs do both', () => {
    const payload = whole.split('.')[3] ?? '';
    expect(payload).toMatch(/^[A-Za-z0-9_-]+$/);
    const planes = inflateRawSync(Buffer.from(payload, 'base64url'));
    const file = writeModelFile(sampleModel());
    expect(planes).toHaveLength(file.length);
    const start = 8 + new DataView(file.buffer).getUint32(0, true);
    expect([...planes.subarray(0, start)]).toEqual([...file.subarray(0, start)]);
    // The first plane begins with the first bytes of the first four values.
    expect([...planes.subarray(start, start + 4)]).toEqual(
      [0, 4, 8, 12].map((at) => file[start + at]),
    );
  });

  it('opens when it was put together by hand', async () => {
    expect(await decodeLink(linkAround(deflateRawSync('seven b')))).toEqual(
      new TextEncoder().encode('seven b'),
    );
  });

  const path = sharedFile('reference/seed-v2.safetensors');
  it.skipIf(path === null)(
    'of the published weights is at least 8 % shorter than without byte planes (needs ../shared/reference/seed-v2.safetensors)',
    async () => {
      const bytes = new Uint8Array(readFileSync(path ?? ''));
      const fragment = await encodeLink(bytes);
      const plain = linkAround(deflateRawSync(bytes));
      expect(fragment.length).toBeLessThan(plain.length * 0.92);
      expect(Buffer.from(await decodeLink(fragment)).equals(bytes)).toBe(true);
    },
  );
});

describe('refusing, with a sentence of its own', () => {
  it('a link that was cut short, wherever', async () => {
    for (let length = 1; length < whole.length; length += length < 60 ? 1 : 97) {
      expect(await refusal(whole.slice(0, length))).toContain('cut short');
    }
    expect(await refusal(whole.slice(0, -1))).toContain('cut short');
  });

  it('a link with any one character changed', async () => {
    const characters = 'A Z a z 0 9 - _ . = + / % # w é'.split(' ');
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: whole.length - 1 })),
        fc.constantFrom(...characters),
        async (at, character) => {
          fc.pre(whole[at] !== character);
          const changed = whole.slice(0, at) + character + whole.slice(at + 1);
          expect(await refusal(changed)).not.toBe('opened');
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('a link whose payload was changed', async () => {
    const last = whole.endsWith('A') ? 'B' : 'A';
    expect(await refusal(whole.slice(0, -1) + last)).toContain('damaged');
    expect(await refusal(`${whole})`)).toContain('damaged');
    expect(await refusal(`${whole}.`)).toContain('damaged');
  });

  it('a link from a later version', async () => {
    expect(await refusal(whole.replace('warmbright1', 'warmbright3'))).toContain(
      'later version of Warmbright (format 3; this page reads 1 and 2)',
    );
    expect(await refusal('warmbright12.of=another!kind')).toContain('later version');
  });

  it('a fragment of something else', async () => {
    for (const other of ['', 'top', 'warmbright.1', 'warmbrighter', 'warmbright0.1.2.3']) {
      expect(await refusal(other)).toContain('not a Warmbright link');
    }
  });

  it('noise', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (noise) => {
        expect(await refusal(noise)).not.toBe('opened');
        expect(await refusal(`warmbright1.${noise}`)).not.toBe('opened');
      }),
    );
  });

  it('a payload that is not deflated, or ends within', async () => {
    expect(await refusal(linkAround(Uint8Array.of(1, 2, 3, 4, 255)))).toContain('damaged');
    const deflated = deflateRawSync(new Uint8Array(100_000));
    expect(await refusal(linkAround(deflated.subarray(0, 50)))).toContain('damaged');
  });

  it('a link that unpacks without end, without unpacking it', async () => {
    const bomb = linkAround(deflateRawSync(new Uint8Array(4e8)));
    expect(bomb.length).toBeLessThan(2_000_000);
    const before = process.memoryUsage().rss;
    expect(await refusal(bomb)).toContain('more than 64 MB');
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  });

  it('a link longer than browsers take', async () => {
    expect(await refusal('warmbright1.'.padEnd(2_000_001, 'A'))).toContain(
      'too large (2,000,001 characters',
    );
  });

  it('making a link of a model that is too large', async () => {
    const noise = new Uint8Array(1_600_000).map((_, i) => randomBits(1, Stream.sample, 0, i));
    const length = encodeLink(noise).then((fragment) => fragment.length);
    await expect(length).rejects.toThrow(InputError);
    await expect(length).rejects.toThrow(/too large for a link \(2,\d{3},\d{3} characters/);
    await expect(encodeLink(new Uint8Array(2 ** 26 + 1))).rejects.toThrow(/too large for a link/);
  });
});
