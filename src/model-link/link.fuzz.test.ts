import { describe, expect } from 'vitest';
import { writeModelFile } from '../model/model-file';
import fc from '../testing/fast-check';
import { encodeLink } from '../testing/first-link';
import { damaged, fuzz } from '../testing/fuzz';
import { sampleModel } from '../testing/sample-model';
import { readCompact } from '../share/compact/compact-model';
import { openLink } from '../share/link';
import { frameLink, readFrame } from '../share/link-frame';
import { modelLink } from './model-link';

const models = [sampleModel(), sampleModel(['x', '<b>'])];
const first = await Promise.all(models.map((model) => encodeLink(writeModelFile(model))));
const compact = await Promise.all(
  models.map(async (model) => (await modelLink(model, { bits: 6, trainedOn: [] })).fragment),
);
const payloads = await Promise.all(compact.map(async (link) => (await readFrame(link)).bytes));

async function expectWhole(fragment: string): Promise<void> {
  const { document, weights } = await openLink(fragment);
  expect(document.words).toHaveLength(2);
  expect(weights.every(Number.isFinite)).toBe(true);
}

describe('the reader of links', () => {
  fuzz('links', damaged(...[...first, ...compact].map((link) => Buffer.from(link))), (bytes) =>
    expectWhole(Buffer.from(bytes).toString('latin1')),
  );

  // Damage of which the check knows nothing, as somebody makes who means harm.
  fuzz(
    'links of the second format with a check of their own',
    damaged(...payloads),
    async (bytes) => {
      await expectWhole(await frameLink(2, bytes));
    },
  );

  fuzz('noise', fc.uint8Array({ maxLength: 400 }), async (bytes) => {
    await readCompact(bytes);
  });
});
