import { describe, expect } from 'vitest';
import { readModelFile, writeModelFile } from '../model/model-file';
import { damaged, fuzz } from '../testing/fuzz';
import { sampleModel } from '../testing/sample-model';
import { decodeLink, encodeLink } from './link';

const links = await Promise.all(
  [sampleModel(), sampleModel(['x', '<b>'])].map(async (model) =>
    Buffer.from(await encodeLink(writeModelFile(model))),
  ),
);

describe('the reader of links', () => {
  fuzz('links', damaged(...links), async (bytes) => {
    const file = await decodeLink(Buffer.from(bytes).toString('latin1'));
    expect(readModelFile(file).document.words).toHaveLength(2);
  });
});
