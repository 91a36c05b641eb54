import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../base/crc32';
import { exportModel } from '../exports/model-exports';
import { sampleModel } from '../testing/sample-model';
import { sampleData } from '../testing/sample-data';
import { writeDataFile } from '../storage/data-file';
import { readLibrary, writeLibrary } from '../storage/library-file';
import { openModel } from './open-model';
import { zipEntry, zipNames } from './unzip';

/** The zip with a bit flipped in what stands at the last of such bytes. */
function flipped(zip: Uint8Array, bytes: Uint8Array | string): Uint8Array {
  const at = Buffer.from(zip).lastIndexOf(bytes);
  if (at < 0) throw new Error('The zip does not hold these bytes as they are.');
  return zip.with(at, (zip[at] ?? 0) ^ 1);
}

/** The bytes of a checksum as the directory has it. */
const checksum = (content: Uint8Array): Uint8Array =>
  new Uint8Array(Uint32Array.of(crc32(content)).buffer);

const files = { 'first.txt': strToU8('some words'), 'second.txt': strToU8('other words') };

/** As programs write it that do not know how large a zip will be: with a second, larger end. */
function zip64(zip: Uint8Array): Uint8Array {
  const end = zip.length - 22;
  const [entries, size, directory] = [8, 12, 16].map((offset) =>
    new DataView(zip.buffer).getUint32(end + offset, true),
  );
  const large = new DataView(new ArrayBuffer(56 + 20));
  large.setUint32(0, 0x0606_4b50, true);
  large.setUint32(4, 44, true);
  large.setUint32(24, (entries ?? 0) & 0xffff, true);
  large.setUint32(32, (entries ?? 0) & 0xffff, true);
  large.setUint32(40, size ?? 0, true);
  large.setUint32(48, directory ?? 0, true);
  large.setUint32(56, 0x0706_4b50, true);
  large.setUint32(64, end, true);
  large.setUint32(72, 1, true);
  const last = zip.slice(end);
  new DataView(last.buffer).setUint32(16, 0xffff_ffff, true);
  return Uint8Array.from([...zip.slice(0, end), ...new Uint8Array(large.buffer), ...last]);
}

describe.each([
  ['packed', zipSync(files, { level: 9 }), checksum(files['second.txt'])],
  ['stored', zipSync(files, { level: 0, comment: 'of a zip' }), 'other words'],
  ['of the large kind', zip64(zipSync(files, { level: 0 })), 'other words'],
])('a zip, %s', (_, zip, damagedAt) => {
  it('gives its files as they were packed', () => {
    expect(zipNames(zip)).toEqual(Object.keys(files));
    for (const [name, content] of Object.entries(files)) {
      expect(zipEntry(zip, name)).toEqual(content);
    }
  });

  it('with a flipped bit is refused, naming the file, and gives the others', () => {
    const damaged = flipped(zip, damagedAt);
    expect(() => zipEntry(damaged, 'second.txt')).toThrow(
      'The zip is damaged: its file "second.txt" is not what was packed, by its CRC-32; save it again.',
    );
    expect(zipEntry(damaged, 'first.txt')).toEqual(files['first.txt']);
  });
});

it.each([
  ['onnx', 'encoder.onnx'],
  ['tfjs', 'weights.bin'],
  ['study', 'model.safetensors'],
] as const)('an export with a flipped bit is refused for it: %s', async (format, file) => {
  const unpacked = unzipSync(await exportModel(sampleModel(), format));
  // Last, so that it is here that a weight's bytes are found.
  const { [file]: content = new Uint8Array(), ...others } = unpacked;
  const zip = zipSync({ ...others, [file]: content }, { level: 0 });
  // Of a weight, which can be any number: nothing else would tell.
  const weight = new Uint8Array(sampleModel().weights.slice(0, 1).buffer);
  await expect(openModel(flipped(zip, weight))).rejects.toThrow(
    `The zip is damaged: its file "${file}" is not what was packed`,
  );
});

it('a library with a flipped bit is refused for it', async () => {
  const library = await writeLibrary([], [writeDataFile(sampleData())]);
  await expect(
    readLibrary(flipped(library, checksum(writeDataFile(sampleData())))),
  ).rejects.toThrow(
    /^The library cannot be imported, and nothing of it was: its data set \(data\/0001\.safetensors\) is damaged: The zip is damaged: its file "data\/0001\.safetensors" is not/,
  );
});
