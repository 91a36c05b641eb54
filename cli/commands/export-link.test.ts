import { describe, expect, it } from 'vitest';
import { sampleModel } from '../../src/testing/sample-model';
import { writeModelFile } from '../../src/model/model-file';
import { decodeEqLink } from '../../src/share/eq-link';
import { openLink } from '../../src/share/link';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { callCli } from '../run-cli';

const folder = temporaryFolder();
const model = folder.write('model.safetensors', writeModelFile(sampleModel()));
const link = (...options: readonly string[]) =>
  callCli('export', '--model', model, '--format', 'link', ...options);

describe('export --format link', () => {
  it('prints a link that opens with the model’s words, and says what it costs', async () => {
    const { status, stdout, stderr } = await link();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^#warmbright2\.[\w.-]+\n$/);
    const opened = await openLink(stdout.trim().slice(1));
    const words = ({ document }: ReturnType<typeof sampleModel>) =>
      document.words.map(({ word }) => word);
    expect(words(opened)).toEqual(words(sampleModel()));
    expect(stderr).toMatch(
      /characters, [\d.]+ bits a weight: on \d+ made-up settings the response/,
    );
  });

  it('gives each weight the bits that are asked for', async () => {
    const [two, eight] = [await link('--bits', '2'), await link('--bits', '8')];
    expect(eight.stdout.length).toBeGreaterThan(two.stdout.length);
    expect((await link('--bits', '1')).stderr).toContain('2 to 16 bits');
  });

  it('is a short one to what a word does', async () => {
    const { stdout } = await link('--eq', 'wärm', '--page', 'https://example.org/');
    expect(stdout.startsWith('https://example.org/#')).toBe(true);
    expect(stdout.length).toBeLessThan(200);
    expect(decodeEqLink(stdout.trim().split('#')[1] ?? '').name).toBe('wärm');
  });

  it('refuses what does not go together', async () => {
    expect((await link('--out', folder.at('link'))).stderr).toContain('A link is printed');
    const zip = ['--format', 'onnx', '--out', folder.at('a.zip'), '--bits', '4'];
    const { status, stderr } = await callCli('export', '--model', model, ...zip);
    expect(status).toBe(2);
    expect(stderr).toContain("'--bits' belongs to '--format link'");
  });
});
