import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { silhouette } from '../../src/analysis/metrics/silhouette';
import { measure } from '../../src/analysis/scoreboard/measure';
import { parseSafeCsv } from '../../src/data/parse-safe-csv';
import { nearestWords } from '../../src/explore/nearest-words';
import { readSafetensors } from '../../src/model/safetensors';
import { decodeAsIs } from '../../src/model/word-settings';
import { unpackApartMaps } from '../../src/ready/apart-maps';
import { modelCardSchema, type ModelCard } from '../../src/ready/model-card';
import { unpackModel } from '../../src/ready/packed-model';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { unpackTimeline } from '../../src/timeline/timeline-file';
import { trainingSetFor } from '../../src/training/rows/as-chosen';
import { DEADLINE_MS } from '../child-cli';
import { callCli } from '../run-cli';

const SAMPLE = fileURLToPath(new URL('../../public/sample.csv', import.meta.url));
const FILES = ['apart.bin', 'card.json', 'card.md', 'model.bin', 'replay.bin'];
const EPOCHS = 3;

const folder = temporaryFolder();
const out = folder.at('new/model');

const build = (data: string, to: string, ...options: string[]): ReturnType<typeof callCli> =>
  callCli('build-model', '--data', data, '--out', to, '--epochs', String(EPOCHS), ...options);
const read = (name: string, from = out): Buffer => readFileSync(join(from, name));
const cardIn = (from: string): ModelCard =>
  v.parse(modelCardSchema, JSON.parse(read('card.json', from).toString()));

describe('build-model on the sample', () => {
  let printed = '';
  beforeAll(async () => {
    const { status, stdout, stderr } = await build(SAMPLE, out);
    expect(status, stderr).toBe(0);
    printed = stdout;
  }, DEADLINE_MS);

  it('writes model, replay and card, of at most 300 KB, and says their sizes', () => {
    expect(readdirSync(out).toSorted()).toEqual(FILES);
    const total = FILES.reduce((sum, name) => sum + read(name).length, 0);
    expect(total).toBeLessThanOrEqual(300 * 1024);
    for (const name of FILES) {
      expect(printed).toContain(`${join(out, name)}: ${String(read(name).length)} bytes`);
    }
    expect(printed).toContain(`All together: ${String(total)} bytes of at most 307200.`);
    const { files } = cardIn(out);
    expect(files).toEqual(
      ['model.bin', 'replay.bin', 'apart.bin'].map((name) => ({
        name,
        bytes: read(name).length,
        sha256: createHash('sha256').update(read(name)).digest('hex'),
      })),
    );
  });

  it('writes the same bytes again, and others by another seed', async () => {
    const [again, other] = [folder.at('again'), folder.at('other')];
    expect((await build(SAMPLE, again)).status).toBe(0);
    for (const name of FILES) expect(read(name, again).equals(read(name)), name).toBe(true);
    expect((await build(SAMPLE, other, '--seed', '2')).status).toBe(0);
    expect(read('model.bin', other).equals(read('model.bin'))).toBe(false);
    expect(cardIn(other).command).toContain('--seed 2 --epochs 3');
  });

  it('says figures that are found again in what was written', async () => {
    const card = cardIn(out);
    const model = await unpackModel(read('model.bin'));
    const { run, words } = model.document;
    const data = await parseSafeCsv(readFileSync(SAMPLE), { synthetic: true });
    const set = await trainingSetFor(
      card.recipe,
      data,
      words.map(({ word }) => word),
    );
    expect(set.splitHash).toBe(card.data.splitHash);
    expect(card.scoreboard).toMatchObject({ on: 'held-out rows', epoch: EPOCHS });
    expect(card.scoreboard.baselines).not.toBeNull();
    expect(measure({ model, set, data })).toEqual(card.scoreboard);
    expect(run?.scoreboard).toEqual(card.scoreboard);
    expect(card).toMatchObject({
      engine: 'fused-wasm',
      epochs: EPOCHS,
      parameters: model.weights.length,
      data: {
        sha256: createHash('sha256').update(readFileSync(SAMPLE)).digest('hex'),
        synthetic: true,
        trainingRows: set.heldOut.filter((flag) => flag === 0).length,
        heldOutRows: set.heldOut.filter((flag) => flag === 1).length,
      },
    });
    const { responseErrorDb, wordCurvesDb } = card.packing;
    expect(responseErrorDb.after).toBeCloseTo(card.scoreboard.responseErrorDb ?? 0, 5);
    expect(responseErrorDb.after - responseErrorDb.before).toBeLessThan(0.05);
    expect(wordCurvesDb).toBeLessThan(0.1);
  });

  it('ends the replay with the model’s map and words', async () => {
    const { document, weights, map } = await unpackModel(read('model.bin'));
    const points = map?.points ?? new Float32Array();
    const size = { rows: points.length / 2, words: document.words.length };
    const { frames } = await unpackTimeline(read('replay.bin'), size);
    expect(frames.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3]);
    expect(cardIn(out).replay.epochs).toEqual([0, 1, 2, 3]);
    const extent = Math.max(...frames.flatMap((frame) => [...frame.points.map(Math.abs)]));
    const off = (frame: Float32Array | undefined): number =>
      Math.max(...points.map((place, i) => Math.abs(place - (frame?.[i] ?? Number.NaN))));
    expect(off(frames.at(-1)?.points)).toBeLessThan(0.002 * extent);
    expect(off(frames[0]?.points)).toBeGreaterThan(0.02 * extent);
    document.words.forEach(({ centroid }, label) => {
      const own = decodeAsIs({ document, weights }, centroid ?? []);
      const kept = frames.at(-1)?.settings?.subarray(13 * label, 13 * (label + 1)) ?? [];
      // By the weights before they were packed.
      const [apart] = nearestWords(own, [{ name: 'kept', setting: [...kept] }]);
      expect(apart?.distanceDb).toBeLessThan(0.1);
    });
  });

  it('draws the words of the model’s map apart', async () => {
    const model = await unpackModel(read('model.bin'));
    const maps = await unpackApartMaps(read('apart.bin'), model);
    expect(maps.map(({ pull }) => pull.amount)).toEqual(cardIn(out).drawnApart.amounts);
    const labels = model.map?.labels ?? new Int32Array();
    const parted = [model.map?.points, ...maps.map(({ points }) => points)].map(
      (points) => silhouette(points ?? new Float32Array(), 2, labels) ?? Number.NaN,
    );
    expect(parted).toEqual(parted.toSorted((a, b) => a - b));
  });

  it('has a card that people can read', () => {
    const text = read('card.md').toString();
    const card = cardIn(out);
    expect(text).toContain('which a program made up');
    for (const part of [card.command, card.data.sha256, card.data.splitHash, 'MIT']) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/Response error \(dB\) +\d\.\d\d \[/);
  });
});

describe('build-model on people’s data', () => {
  it('takes nothing of single rows, of who gave them, and of how they wrote their word', async () => {
    const lines = readFileSync(SAMPLE, 'utf8').trimEnd().split('\n');
    const secrets = ['Zwölfkampf', 'Quedlinburg', 'Hackbrett', 'Sprachlos'];
    // One word is written as nobody else does, and all personal cells are filled.
    const rows = lines.map((line, row) => {
      const cells = line.split(',').map((cell, column) => secrets[column - 20] ?? cell);
      if (row === 0) cells[1] = ' bRiGhT';
      return cells;
    });
    const data = folder.write('people.csv', `${rows.map((cells) => cells.join(',')).join('\n')}\n`);
    const to = folder.at('people');
    const { status, stderr } = await build(data, to);
    expect(status, stderr).toBe(0);
    const model = inflateRawSync(read('model.bin', to));
    const replay = inflateRawSync(read('replay.bin', to));
    const apart = inflateRawSync(read('apart.bin', to));
    const all = [model, replay, apart, read('card.json', to), read('card.md', to)];
    const forbidden = [...secrets, ...new Set(rows.map((cells) => cells[2] ?? '')), 'bRiGhT'];
    expect(forbidden.length).toBeGreaterThan(10);
    for (const text of forbidden) {
      for (const bytes of all) expect(bytes.includes(text), text).toBe(false);
    }
    const perRow = [...readSafetensors(model).tensors].filter(([, { shape }]) =>
      shape.some((size) => size > 500),
    );
    expect(perRow.map(([name]) => name).toSorted()).toEqual([
      'map.held_out',
      'map.labels',
      'map.points',
      'map.schools',
    ]);
    // No setting of a word is one that a person made.
    const { document } = await unpackModel(read('model.bin', to));
    const offered = document.words.flatMap(({ schools, proposals = [] }) => [
      ...schools,
      ...proposals.flat(),
    ]);
    expect(offered.length).toBeGreaterThan(0);
    expect(offered.every((one) => one.rows >= 5)).toBe(true);
    const parsed = await parseSafeCsv(readFileSync(data), { synthetic: false });
    const made = new Set(parsed.rows.map(({ setting }) => JSON.stringify(setting)));
    expect(offered.filter(({ setting }) => made.has(JSON.stringify(setting)))).toEqual([]);
    expect(cardIn(to).data.citation).toContain('SAFE: A System for the Extraction and Retrieval');
    expect(cardIn(to).data.licence).toContain('None is stated');
  });
});

describe('build-model refuses', () => {
  it('what it cannot use, in a line, and writes nothing', async () => {
    const nowhere = folder.at('nowhere');
    const cases: [string[], string][] = [
      [['--data', SAMPLE], "Option '--out' is missing"],
      [['--out', nowhere], "Option '--data' is missing"],
      [['--data', SAMPLE, '--out', nowhere, '--seed', 'x'], "Option '--seed' takes a number"],
      [['--data', SAMPLE, '--out', nowhere, '--seed=-1'], 'The recipe cannot be used (at seed)'],
      [['--data', SAMPLE, '--out', nowhere, '--epochs', '0'], 'cannot be used (at epochs)'],
      [['--data', folder.at('no.csv'), '--out', nowhere], 'There is no such file.'],
      [['--data', SAMPLE, '--out', SAMPLE], 'The folder cannot be made: a file is there.'],
    ];
    for (const [args, sentence] of cases) {
      const { status, stderr } = await callCli('build-model', ...args);
      expect([status, stderr]).toEqual([2, expect.stringContaining(sentence)]);
    }
    expect(existsSync(nowhere)).toBe(false);
  });

  it('to replace the file that it reads, by whatever name', async () => {
    const data = folder.write('mine.csv', readFileSync(SAMPLE));
    symlinkSync(data, folder.at('card.md'));
    const { status, stderr } = await build(data, folder.path);
    expect([status, stderr]).toEqual([2, expect.stringContaining('the file that is read')]);
    expect(readFileSync(data).equals(readFileSync(SAMPLE))).toBe(true);
    expect(existsSync(folder.at('model.bin'))).toBe(false);
  });
});
