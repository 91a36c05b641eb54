import { beforeAll, describe, expect, it, vi } from 'vitest';
import buildWasm from '../../scripts/build-wasm.mjs';
import { parseSafeCsv } from '../../src/data/parse-safe-csv';
import { syntheticCsv } from '../../src/data/synthetic';
import type { EngineChoice } from '../../src/engines/engine-choice';
import { InputError } from '../../src/base/input-error';
import { RECIPES } from '../../src/recipe/recipes';
import { expandSweep } from '../../src/training/sweep/sweep';
import { planSweep, trainSweep } from '../../src/training/sweep/train-sweep';
import type { SweepEvent } from '../../src/training/sweep/train-together';
import * as startThreads from './start-thread';
import { startSweepThread } from './sweep-threads';

vi.mock('./start-thread', { spy: true });

const preset = RECIPES['seed-v2'].recipe;
const recipe = { ...preset, hidden: [16, 8], latent: 4, projection: 8, epochs: 3 };
const vary = { seed: [1, 2], temperature: [0.1, 0.2] };

async function trainWith(threads: number, choice: EngineChoice = 'wasm', stopAfter = Infinity) {
  const data = await parseSafeCsv(new TextEncoder().encode(syntheticCsv()), { synthetic: true });
  const plans = await planSweep(expandSweep({ recipe, vary }), data, ['bright', 'warm']);
  const stop = new AbortController();
  const events: SweepEvent[] = [];
  const reasons: string[] = [];
  await trainSweep(plans, {
    choice,
    threads,
    startThread: startSweepThread,
    emit: (event) => {
      if (events.push(event) >= stopAfter) stop.abort();
    },
    emitEngine: (reason) => void reasons.push(reason),
    signal: stop.signal,
  });
  const files = new Map(
    events.flatMap((event) => (event.type === 'finished' ? [[event.run, event.file]] : [])),
  );
  return { events, reasons, files };
}

beforeAll(() => buildWasm());

describe('a sweep in threads', () => {
  it('gives the same bytes however many threads share the runs', async () => {
    const one = await trainWith(1);
    const three = await trainWith(3);
    expect(one.files.size).toBe(4);
    for (const [run, file] of one.files) {
      expect(Buffer.from(three.files.get(run) ?? []).equals(file)).toBe(true);
    }
    expect(one.reasons).toEqual([expect.stringMatching(/^Trains on WebAssembly.*, as chosen\.$/)]);
    expect(three.reasons[0]).toMatch(/ 3 runs train at the same time\.$/);
    expect(three.events.filter(({ type }) => type === 'epoch')).toHaveLength(12);
  });

  it('ends at once when it is stopped', async () => {
    const { events } = await trainWith(2, 'wasm', 2);
    expect(events.map(({ type }) => type)).toEqual(['epoch', 'epoch']);
  });

  it('keeps threads for the next sweep, unless they were stopped in the middle of a run', async () => {
    const started = vi.spyOn(startThreads, 'startThread');
    await trainWith(2);
    started.mockClear();
    const again = await trainWith(2);
    expect(again.files.size).toBe(4);
    expect(started).not.toHaveBeenCalled();
    await trainWith(2, 'wasm', 1);
    expect((await trainWith(2)).files.size).toBe(4);
    expect(started).toHaveBeenCalledTimes(2);
    started.mockRestore();
  });

  it('refuses an engine that cannot be had', async () => {
    await expect(trainWith(2, 'tfjs-webgpu')).rejects.toStrictEqual(
      new InputError('WebGPU cannot be used: there is no WebGPU here; choose another engine.'),
    );
  });
});
