import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { callCli, runCli } from './run-cli';

describe('the command line', () => {
  it('tells how it is used', async () => {
    expect((await callCli('--help')).stdout).toContain('evaluate --model FILE');
    expect((await callCli('train', '--help')).stdout).toContain('--holdout SHARE');
    expect((await callCli('evaluate', '--help')).stdout).toContain('--skip-bad-rows');
  });

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await callCli('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('refuses a command it does not have', async () => {
    expect(await callCli('sing')).toMatchObject({ status: 2, stdout: '' });
    expect((await callCli()).status).toBe(2);
  });
});

describe('its process', () => {
  const refused = ['generate', '--model', 'none.safetensors', '--word', 'warm', '--format', 'apo'];

  it.each([
    ['what was asked for', 0, ['audit', '--data', 'public/sample.csv', '--json']],
    ['its version', 0, ['--version']],
    ['what cannot be used', 2, refused],
    ['what it is not told', 2, []],
  ])('writes and exits as a call of it says: %s', async (_, status, args) => {
    const call = await callCli(...args);
    expect(call.status).toBe(status);
    expect(runCli(...args)).toStrictEqual(call);
  });
});
