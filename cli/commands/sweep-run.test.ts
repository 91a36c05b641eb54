import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { callCli } from '../run-cli';

const SAMPLE = fileURLToPath(new URL('../../public/sample.csv', import.meta.url));
const folder = temporaryFolder();
const set = { epochs: 2, hidden: [16, 8], latent: 4, projection: 8 };
const file = folder.write('sweep.json', JSON.stringify({ set, vary: { seed: [1, 2] } }));

const train = (...options: string[]) =>
  callCli('train', '--data', SAMPLE, '--sweep', file, '--words', 'bright,warm', ...options);

interface Report {
  readonly runs: readonly { readonly failed: string | null }[];
}

describe('a sweep run by run', () => {
  it('gives the bits and the table of the sweep, whatever the order', async () => {
    const [whole, single] = [folder.at('whole'), folder.at('single')];
    const sweep = await train('--out', whole, '--json');
    expect(sweep.status, sweep.stderr).toBe(0);
    const second = await train('--run', '2', '--out', single);
    expect(second.status, second.stderr).toBe(0);
    expect(second.stdout).toMatch(/^seed 2: silhouette/);

    const part = await train('--collect', '--out', single, '--json');
    expect(part.status, part.stderr).toBe(0);
    const { runs } = JSON.parse(part.stdout) as Report;
    expect(runs.map(({ failed }) => failed)).toEqual(['It has not been trained yet.', null]);

    expect((await train('--run', '1', '--out', single)).status).toBe(0);
    const collected = await train('--collect', '--out', single, '--json');
    expect((JSON.parse(collected.stdout) as Report).runs).toEqual(
      (JSON.parse(sweep.stdout) as Report).runs,
    );
    for (const name of readdirSync(whole).filter((name) => name.endsWith('.safetensors'))) {
      expect(readFileSync(join(single, name))).toEqual(readFileSync(join(whole, name)));
    }
    expect((await train('--collect', '--out', single)).stdout).toMatch(
      /^run +what differs[^]*\n +1 +seed 1 /,
    );
  });

  it('keeps what failed, and why', async () => {
    const impatient = JSON.stringify({ set: { ...set, stopPatience: 1 }, vary: { seed: [1, 2] } });
    const failing = await callCli(
      ...['train', '--data', SAMPLE, '--sweep', folder.write('failing.json', impatient)],
      ...['--words', 'bright,warm', '--run', '2', '--out', folder.at('failing')],
    );
    expect(failing.stdout, failing.stderr).toMatch(
      /^seed 2: To stop early, a run needs validation/,
    );
    expect(readdirSync(folder.at('failing'))).toEqual(['02-seed-2.json']);
    const out = folder.at('other');
    expect((await train('--run', '1', '--out', out)).status).toBe(0);
    const other = JSON.stringify({ set: { ...set, epochs: 3 }, vary: { seed: [1, 2] } });
    const changed = folder.write('changed.json', other);
    const mixed = await callCli(
      ...['train', '--data', SAMPLE, '--sweep', changed, '--words', 'bright,warm'],
      ...['--collect', '--out', out],
    );
    expect(mixed.stderr).toMatch(/01-seed-1\.safetensors: It was trained on other data/);
    expect(mixed.status).toBe(2);
    folder.write('other/01-seed-1.json', '{"losses": {"epoch": 1}, "failed": null}');
    const damaged = await train('--collect', '--out', out);
    expect(damaged.stderr).toMatch(/01-seed-1\.json: The result cannot be used \(at losses/);
    folder.write('other/01-seed-1.json', '{"losses": null, "failed": "It went wrong."}');
    const failed = await train('--collect', '--out', out);
    expect(failed.stderr).toMatch(/No run of the sweep finished\. It went wrong\./);
  });

  it.each([
    [['--run', '3', '--out', 'x'], /'--run' is a whole number from 1 to 2/],
    [['--run', '1.5', '--out', 'x'], /'--run' is a whole number from 1 to 2/],
    [['--run', '1'], /'--out' is missing/],
    [['--run', '1', '--collect', '--out', 'x'], /leave '--run' out/],
    [['--run', '1', '--threads', '2', '--out', 'x'], /'--threads' does not go with --run/],
    [['--collect', '--queue', 'redis://x', '--out', 'x'], /'--queue' does not go with --collect/],
    [['--run', '1', '--engine', 'webgpu', '--out', 'x'], /not trained by webgpu/],
    [['--send-rows'], /name it by --queue/],
    [['--cancel'], /'--cancel' is for workers of a queue/],
    [['--queue', 'redis://x', '--threads', '2'], /do not go with --queue/],
    [['--queue', 'http://user:secret@x'], /'--queue' takes an address such as redis:/],
  ])('refuses %j in one line', async (options, message) => {
    const { status, stdout, stderr } = await train(...options);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('secret');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});
