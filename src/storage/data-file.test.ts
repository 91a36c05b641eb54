import { expect, describe, it } from 'vitest';
import { parseSafeCsv } from '../data/parse-safe-csv';
import type { SafeData } from '../data/rows';
import { syntheticCsv } from '../data/synthetic';
import { readSafetensors, writeSafetensors, type TensorFile } from '../model/safetensors';
import { sampleData } from '../testing/sample-data';
import { readDataFile, writeDataFile } from './data-file';

/** The sample's file with some of its tensors replaced. */
function fileWith(change: (tensors: TensorFile['tensors']) => [string, unknown][]): Uint8Array {
  const { tensors, metadata } = readSafetensors(writeDataFile(sampleData()));
  const changed = new Map([...tensors, ...change(tensors)]) as TensorFile['tensors'];
  return writeSafetensors({ tensors: changed, metadata });
}

const aboutWith = (change: object): Uint8Array =>
  fileWith((tensors) => {
    const text = new TextDecoder().decode(tensors.get('about')?.data);
    const about = { ...(JSON.parse(text) as object), ...change };
    const data = new TextEncoder().encode(JSON.stringify(about));
    return [['about', { dtype: 'U8', shape: [data.length], data }]];
  });

describe('the file of a data set', () => {
  it('gives back what was kept, to the bit', async () => {
    const read = await parseSafeCsv(new TextEncoder().encode(syntheticCsv()), { synthetic: true });
    const sets: readonly SafeData[] = [sampleData(), read, { ...sampleData(), rows: [] }];
    for (const set of sets) expect(readDataFile(writeDataFile(set))).toStrictEqual(set);
  });

  it('has no place for anything else', () => {
    expect(() => readDataFile(aboutWith({ address: '192.0.2.1' }))).toThrow(
      /^The data set cannot be used \(at address\)/,
    );
    const more = fileWith(() => [['address', { dtype: 'U8', shape: [1], data: Uint8Array.of(1) }]]);
    expect(() => readDataFile(more)).toThrow('The data set holds more than a data set is made of.');
  });

  it('is refused where it is damaged, naming the place', () => {
    const settings = new Float64Array(3 * 13);
    const far = fileWith(() => [['settings', { dtype: 'F64', shape: [3, 13], data: settings }]]);
    expect(() => readDataFile(far)).toThrow(
      /^The data set has in the row of line 1 a .* frequency of 0, outside 22 to 1000\.$/,
    );
    const short = fileWith(() => [
      ['wordOf', { dtype: 'I32', shape: [2], data: Int32Array.of(0, 1) }],
    ]);
    expect(() => readDataFile(short)).toThrow('Tensor "wordOf" has shape [2] instead of [3].');
    expect(() => readDataFile(aboutWith({ sha256: 'AB' }))).toThrow(/sha256.*SHA-256 in hex/);
    const noJson = Uint8Array.of(1);
    expect(() =>
      readDataFile(fileWith(() => [['about', { dtype: 'U8', shape: [1], data: noJson }]])),
    ).toThrow('it is not valid JSON');
  });
});
