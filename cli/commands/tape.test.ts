import { describe, expect, it } from 'vitest';
import { callCli } from '../run-cli';

describe('tape', () => {
  it('prints the operations of a recipe’s step', async () => {
    const { status, stdout } = await callCli('tape');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^116 operations a step, .* 139,501 parameters/);
    expect(stdout).not.toContain('sample');
  });

  it('prints those of a recipe with other settings', async () => {
    const settings = 'body=plain hidden=1024 variational=true projection=null reconstruction=mae';
    const { status, stdout, stderr } = await callCli(
      'tape',
      ...settings.split(' ').flatMap((setting) => ['--set', setting]),
    );
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('encoder.0.0.weight [13, 1024]');
    expect(stdout).toContain('mae of decoder.output_head');
    expect(stdout).toMatch(/forward +sample +normal with encoder\.to_latent/);
    expect(stdout).toMatch(/backward +sampleBack/);
  });

  it.each([
    ['a recipe', ['--recipe', 'cake'], /"cake"/],
    ['a setting', ['--set', 'width=3'], /not "width=3"; keys are preset, latent, hidden, /],
    ['a setting without a value', ['--set', 'latent'], /not "latent"/],
    ['a value', ['--set', 'latent=65'], /The recipe cannot be used \(at latent\)/],
    ['a list', ['--set', 'hidden=64,wide'], /at hidden\.1/],
    ['a word', ['--set', 'body=round'], /at body/],
  ])('names what it cannot use, in one line: %s', async (_, args, message) => {
    const { status, stdout, stderr } = await callCli('tape', ...args);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});
