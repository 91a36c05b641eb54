import { createStorage } from 'unstorage';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { loadQueue } from '../cli/commands/load-queue';
import { callCli } from '../cli/run-cli';
import { parseSafeCsv } from '../src/data/parse-safe-csv';
import { syntheticCsv } from '../src/data/synthetic';
import { readSafetensors, writeSafetensors, type Tensor } from '../src/model/safetensors';
import { RECIPES } from '../src/recipe/recipes';
import { planSweep } from '../src/training/sweep/train-sweep';
import { expandSweep } from '../src/training/sweep/sweep';
import { asReason, definitionSchema, jobSchema, resultSchema } from './messages';
import { readRows, writeRows } from './rows-file';
import { SweepStore } from './sweep-store';

const HASH = 'ab'.repeat(32);
const csv = syntheticCsv();
const data = await parseSafeCsv(new TextEncoder().encode(csv), { synthetic: true });
const definition = v.parse(definitionSchema, {
  version: 1,
  recipe: RECIPES['seed-v2'].recipe,
  vary: { seed: [1, 2] },
  words: ['bright', 'warm'],
  data: data.sha256,
  rows: null,
});

/** By their columns, from 0: the personal ones, what was played, and its genre. */
const MARKS: ReadonlyMap<number, string> = new Map([
  [2, '192.0.2.77'],
  [18, 'rocksteady'],
  [19, 'guitar'],
  [20, 'Zwolle'],
  [21, 'decades'],
  [22, 'ninety-nine'],
  [23, 'Frisian'],
]);

describe('what comes from the queue', () => {
  it.each([
    null,
    'x',
    [],
    {},
    { sweep: HASH },
    { sweep: HASH.toUpperCase(), run: 0 },
    { sweep: '../../models/x', run: 0 },
    { sweep: HASH, run: -1 },
    { sweep: HASH, run: 0.5 },
    { sweep: HASH, run: 256 },
    { sweep: HASH, run: '0' },
    { sweep: HASH, run: 0, extra: 1 },
    JSON.parse(`{"sweep":"${HASH}","run":0,"__proto__":{"run":1},"constructor":1}`) as unknown,
  ])('is no run: %j', (job) => {
    expect(v.safeParse(jobSchema, job).success).toBe(false);
  });

  it('is a run where it is one', () => {
    expect(v.parse(jobSchema, { sweep: HASH, run: 255 })).toEqual({ sweep: HASH, run: 255 });
  });

  const last = {
    ...{ epoch: 1, reconstruction: 0.1, contrastive: 2, kl: 0, total: 0.3, validation: null },
    ...{ contrastiveWeight: 0.1, klWeight: 0, learningRate: 0.001 },
  };

  it.each([
    undefined,
    { type: 'finished', model: HASH },
    { type: 'finished', model: 'models/..', last },
    { type: 'finished', model: HASH, last: { ...last, total: null } },
    { type: 'finished', model: HASH, last: { ...last, kl: 1e39 } },
    { type: 'finished', model: HASH, last, file: 'x' },
    { type: 'failed', reason: 'x'.repeat(501) },
    { type: 'failed', reason: 'one\ntwo' },
    { type: 'told', reason: '' },
  ])('is no result: %j', (result) => {
    expect(v.safeParse(resultSchema, result).success).toBe(false);
  });

  it('is a result where it is one, with any reason made fit', () => {
    for (const result of [
      { type: 'finished', model: HASH, last },
      { type: 'failed', reason: asReason(`${'x'.repeat(499)}\n\u2028y`) },
    ]) {
      expect(v.parse(resultSchema, result)).toEqual(result);
    }
  });
});

describe('rows on their way to workers', () => {
  it('train as the file does', async () => {
    const runs = expandSweep(definition);
    const read = readRows(writeRows(data));
    const [here] = await planSweep(runs, data, definition.words);
    const [there] = await planSweep(runs, read, definition.words);
    expect(read.sha256).toBe(data.sha256);
    expect(there?.set.splitHash).toBe(here?.set.splitHash);
    expect(there?.set.heldOut).toEqual(here?.set.heldOut);
    const trainedOn = ({ word, setting, contributor }: (typeof data.rows)[number]) => [
      word,
      setting,
      contributor,
    ];
    expect(there?.set.rows.map(trainedOn)).toEqual(here?.set.rows.map(trainedOn));
  });

  it('hold nothing of personal columns, names of files or what was played', async () => {
    const lines = csv.split('\n').map((line) =>
      line
        .split(',')
        .map((cell, column, { length }) => (length > 23 ? (MARKS.get(column) ?? cell) : cell))
        .join(','),
    );
    const bytes = new TextEncoder().encode(lines.join('\n'));
    const marked = { ...(await parseSafeCsv(bytes, { synthetic: false })), name: 'secret.csv' };
    // A few lines have commas within cells, and slip.
    expect(marked.rows.length).toBeGreaterThan(590);
    const written = Buffer.from(writeRows(marked)).toString('latin1');
    expect(marked.rows[0]).toMatchObject({ instrument: 'guitar', genre: 'rocksteady' });
    for (const mark of [...MARKS.values(), 'secret']) expect(written).not.toContain(mark);
  });

  it('are refused where they are damaged', () => {
    const whole = readSafetensors(writeRows(data));
    const damaged = (name: string, first: number) => {
      const tensors = new Map<string, Tensor>(
        [...whole.tensors].map(([key, tensor]) => [key, structuredClone(tensor)]),
      );
      const tensor = tensors.get(name);
      if (tensor?.dtype === 'I32' || tensor?.dtype === 'F64') tensor.data[0] = first;
      return writeSafetensors({ tensors, metadata: whole.metadata });
    };
    expect(() => readRows(damaged('word', 1e9))).toThrow(/a word or a source/);
    expect(() => readRows(damaged('line', 0))).toThrow(/below 1/);
    expect(() => readRows(damaged('settings', NaN))).toThrow(/finite/);
    expect(() => readRows(new Uint8Array(7))).toThrow();
    expect(() => readRows(writeSafetensors({ ...whole, metadata: new Map() }))).toThrow(
      /no description/,
    );
    const metadata = new Map([['warmbright.rows', '{"words": 1}']]);
    expect(() => readRows(writeSafetensors({ ...whole, metadata }))).toThrow(/cannot be used/);
    const tensors = new Map([...whole.tensors].filter(([name]) => name !== 'settings'));
    expect(() => readRows(writeSafetensors({ ...whole, tensors }))).toThrow(/settings/);
  });
});

describe('what comes from the store', () => {
  it('is taken only where it is what it was', async () => {
    const storage = createStorage();
    const store = new SweepStore(storage);
    const sweep = await store.putDefinition(definition);
    expect(await store.definition(sweep)).toEqual(definition);
    await expect(store.definition(HASH)).rejects.toThrow(/is not there/);
    await storage.setItemRaw(`sweeps:${sweep}:definition`, Buffer.from('{}'));
    await expect(store.definition(sweep)).rejects.toThrow(/has been changed/);
    const model = await store.putModel(sweep, Uint8Array.of(1, 2));
    expect(await store.model(sweep, model)).toEqual(Uint8Array.of(1, 2));
    await storage.setItemRaw(`sweeps:${sweep}:models:${model}`, Buffer.of(1, 3));
    await expect(store.model(sweep, model)).rejects.toThrow(/has been changed/);
  });
});

describe('where a queue cannot be had', () => {
  it('says how its packages are installed', async () => {
    const missing = Object.assign(new Error("Cannot find package 'bullmq'"), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
    await expect(loadQueue(() => Promise.reject(missing))).rejects.toThrow(/"npm ci" installs/);
    await expect(loadQueue(() => Promise.reject(new Error('x')))).rejects.toThrow('x');
  });

  it.each([
    [['--queue', 'redis://user:secret@127.0.0.1:1'], /queue at redis:\/\/127\.0\.0\.1:1 does not/],
    [['--queue', 'redis:secret'], /'--queue' takes an address/],
    [[], /'--queue' is missing/],
    [['--queue', 'redis://x', '--threads', '0'], /'--threads'/],
    [['--queue', 'redis://x', '--lost-after', '1'], /'--lost-after'/],
    [['--queue', 'redis://x', '--engine', 'webgpu'], /'--engine' is one of/],
  ])('refuses worker %j in one line', async (options, message) => {
    const { status, stderr } = await callCli('worker', ...options);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('secret');
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(status).toBe(2);
  });
});
