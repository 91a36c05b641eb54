import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { writeModelFile } from '../../src/model/model-file';
import { smallPlan } from '../../src/testing/small-run';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { readCheckpoint, writeCheckpoint } from '../../src/training/checkpoint';
import type { TrainingCheckpoint } from '../../src/training/progress';
import { DEADLINE_MS, startCli } from '../child-cli';
import { callCli } from '../run-cli';
import { Interrupted, trainInNode } from './train-in-node';

const SAMPLE = fileURLToPath(new URL('../../public/sample.csv', import.meta.url));
const folder = temporaryFolder();
const train = ['train', '--data', SAMPLE, '--engine', 'wasm'];
const small = ['--words', 'warm,bright', '--set', 'hidden=8', '--set', 'latent=2'];

describe('train --resume', () => {
  it('goes on to the same bits as a run that was not interrupted', async () => {
    const note = (): void => undefined;
    const whole = await trainInNode(smallPlan, 'wasm-1', 1, { note, onEpoch: note });
    for (const last of [1, 3]) {
      const asked = new AbortController();
      const kept: TrainingCheckpoint[] = [];
      const interrupted = trainInNode(
        smallPlan,
        'wasm-1',
        1,
        {
          note,
          onEpoch: ({ epoch }) => {
            if (epoch === last) asked.abort('SIGINT');
          },
        },
        {
          from: null,
          asked: asked.signal,
          keep: (checkpoint) => {
            const { model, progress } = readCheckpoint(
              writeCheckpoint(checkpoint.model, checkpoint.progress),
            );
            if (progress !== null) kept.push({ model, progress });
            return Promise.resolve();
          },
        },
      );
      await expect(interrupted).rejects.toThrow(Interrupted);
      const from = kept.at(-1) ?? expect.fail();
      const resumed = await trainInNode(smallPlan, 'wasm-1', 1, { note, onEpoch: note }, { from });
      expect(writeModelFile(resumed.model)).toEqual(writeModelFile(whole.model));
      expect(resumed.history).toEqual(whole.history);
    }
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'goes on where %s ended a run',
    async (signal) => {
      const out = folder.at(signal);
      const {
        process: child,
        saw,
        ended,
      } = startCli([...train, ...small, '--out', out, '--epochs', '10000']);
      await saw(/epoch 2\//);
      child.kill(signal);
      expect(await ended).toMatchObject({ code: null, signal });
      expect(readdirSync(out)).toEqual(['checkpoint.safetensors']);
      const { progress, model } = readCheckpoint(readFileSync(join(out, 'checkpoint.safetensors')));
      const epoch = progress?.epoch ?? 0;
      expect(epoch).toBeGreaterThanOrEqual(2);
      expect(model.document.run?.recipe).toMatchObject({ epochs: 10_000, latent: 2 });

      const again = startCli([...train, '--out', out, '--resume']);
      await again.saw(new RegExp(`Going on after epoch ${String(epoch)}\\.`));
      await again.saw(new RegExp(`epoch ${String(epoch + 1)}/10000`));
      again.process.kill(signal);
      expect(await again.ended).toMatchObject({ code: null, signal });
      expect(readdirSync(out)).toEqual(['checkpoint.safetensors']);
    },
    3 * DEADLINE_MS,
  );

  it(
    'ends a run that another process began, with what one process writes',
    async () => {
      const [out, whole] = [folder.at('begun'), folder.at('whole')];
      const options = [...small, '--epochs', '60'];
      const { process: child, saw, ended } = startCli([...train, ...options, '--out', out]);
      await saw(/epoch 2\//);
      child.kill('SIGTERM');
      await ended;
      // On a machine that is fast beyond all measure the run may have been over.
      if (existsSync(join(out, 'checkpoint.safetensors'))) {
        expect((await callCli(...train, ...options, '--out', out, '--resume')).status).toBe(0);
      }
      expect((await callCli(...train, ...options, '--out', whole)).status).toBe(0);
      for (const at of [out, whole]) {
        expect(readdirSync(at).sort()).toEqual(['model.safetensors', 'report.json']);
      }
      expect(readFileSync(join(out, 'model.safetensors'))).toEqual(
        readFileSync(join(whole, 'model.safetensors')),
      );
    },
    3 * DEADLINE_MS,
  );

  it('says what cannot be gone on with, and loses no checkpoint', async () => {
    const none = folder.at('none');
    const out = folder.at('SIGTERM');
    const kept = readFileSync(join(out, 'checkpoint.safetensors'));
    const cases: [string[], string][] = [
      [['--out', none, '--resume'], `${none}: There is no interrupted run to go on with`],
      [['--resume'], "Option '--out' is missing"],
      [['--out', out, '--resume', '--epochs', '9'], 'has another recipe than the options say'],
      [['--out', out, '--resume', '--words', 'all'], 'trained on other words'],
      [['--out', out, '--resume', '--engine', 'webgpu'], 'cannot be resumed here'],
      [['--out', out, '--resume', '--folds', '3'], 'not with a sweep or folds'],
      [['--out', SAMPLE], `${SAMPLE}: The folder cannot be made`],
    ];
    for (const [args, sentence] of cases) {
      const { status, stderr } = await callCli(...train, ...args);
      expect([status, stderr]).toEqual([2, expect.stringContaining(sentence)]);
    }
    expect(readFileSync(join(out, 'checkpoint.safetensors'))).toEqual(kept);
    expect(existsSync(none)).toBe(false);
    const { status, stderr } = await callCli(...train, ...small, '--out', out, '--epochs', '1');
    expect([status, stderr]).toEqual([0, expect.stringContaining('begins anew without --resume')]);
    expect(readFileSync(join(out, 'checkpoint-before.safetensors'))).toEqual(kept);
    writeFileSync(join(out, 'checkpoint.safetensors'), kept.subarray(0, 99));
    expect((await callCli(...train, '--out', out, '--resume')).stderr).toContain(
      `${join(out, 'checkpoint.safetensors')}: This is no safetensors file, or it was cut short`,
    );
  });

  it('looks at its folder before it trains', async () => {
    const data = folder.write('report.json', readFileSync(SAMPLE));
    const { status, stderr } = await callCli('train', '--data', data, '--out', folder.path);
    expect([status, stderr]).toEqual([2, expect.stringContaining('the file that is read')]);
    expect(stderr).not.toContain('epoch');
    expect(readFileSync(data)).toEqual(readFileSync(SAMPLE));
  });
});
