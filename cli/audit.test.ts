import { describe, expect, it } from 'vitest';
import { sharedFile } from '../src/testing/shared-files';
import { runCli } from './run-cli';

const SAMPLE = 'public/sample.csv';

describe('audit', () => {
  it('prints what it found, for people', () => {
    const { status, stdout } = runCli('audit', '--data', SAMPLE);
    expect(status).toBe(0);
    expect(stdout).toContain('603 rows by 33 contributors.');
    expect(stdout).toMatch(/^Silent bands: \d+ rows$/m);
    expect(stdout).toContain('Personal columns: 1 column\n');
    expect(stdout).toContain('column 3, network address: filled in 603 of 603 rows');
  });

  it('says which file cannot be read', () => {
    const { status, stderr } = runCli('audit', '--data', 'nowhere.csv');
    expect(status).toBe(2);
    expect(stderr).toContain('nowhere.csv: There is no such file.');
  });

  const path = sharedFile('data/SAFEEqualiserUserData.csv');

  it.skipIf(path === null)('prints JSON with lines of the real file (needs ../shared/data)', () => {
    const { stdout } = runCli('audit', '--data', path ?? '', '--json');
    const report = JSON.parse(stdout) as {
      findings: { id: string; count: number; lines: number[] }[];
      rowsLeft: { sensible: number; founding: number };
    };
    const defaults = report.findings.find(({ id }) => id === 'pluginDefaults');
    expect(defaults?.lines).toEqual([24, 85, 87, 88, 137, 141, 288, 355, 1458, 1694]);
    expect(report.rowsLeft).toEqual({ sensible: 1643, founding: 1700 });
    // Addresses of the file are of the ranges for documentation.
    expect(stdout).not.toMatch(/\b(192\.0\.2|198\.51\.100|203\.0\.113)\./);
  });
});
