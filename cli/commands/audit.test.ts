import { readFileSync, symlinkSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { SENSIBLE_CHOICES } from '../../src/recipe/audit-choices';
import { auditDocumentSchema, type AuditDocument } from '../../src/data/audit/report';
import { longSocialFx } from '../../src/testing/long-social-fx';
import { sharedFile } from '../../src/testing/shared-files';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { DEADLINE_MS, startCli } from '../child-cli';
import { callCli } from '../run-cli';

const SAMPLE = 'public/sample.csv';
const folder = temporaryFolder();

describe('audit', () => {
  it('prints what it found, for people', async () => {
    const { status, stdout } = await callCli('audit', '--data', SAMPLE);
    expect(status).toBe(0);
    expect(stdout).toContain('603 rows by 33 contributors.');
    expect(stdout).toMatch(/^Silent bands: \d+ rows$/m);
    expect(stdout).toContain('Personal columns: 1 column\n');
    expect(stdout).toContain('column 3, network address: filled in 603 of 603 rows');
  });

  it('says what other choices would leave', async () => {
    const choices = ['--choices', 'founding', '--set', 'rails=drop'];
    const { status, stdout } = await callCli('audit', '--data', SAMPLE, ...choices);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^These choices leave 558 rows .*603, .*603/m);
    expect(stdout).toMatch(/^ {2}drop rails: 45 rows$/m);
  });

  it('merges what it is asked to merge', async () => {
    const lines = readFileSync(SAMPLE, 'utf8').split('\n');
    const rows = lines.filter((line) => line.split(',')[1] === 'warm');
    const farm = rows.slice(0, 1).map((line) => line.replace('warm', 'farm'));
    const file = folder.write('farm.csv', [...rows, ...farm].join('\n'));
    const printed = async (...more: string[]) => {
      const { stdout } = await callCli('audit', '--data', file, '--json', ...more);
      return v.parse(auditDocumentSchema, JSON.parse(stdout));
    };
    const { doubtful, chosen } = await printed();
    expect(doubtful).toMatchObject([{ from: 'farm', to: 'warm', rows: 1 }]);
    expect(chosen.choices.merged).toEqual([]);
    const asked = await printed('--set', 'merged=farm:warm');
    expect(asked.chosen.choices.merged).toEqual([{ from: 'farm', to: 'warm' }]);
    // Its setting is one that “warm” has already.
    const dropped = ({ chosen: { dropped: of } }: AuditDocument) =>
      of.find(({ id }) => id === 'exactDuplicates')?.rows;
    expect(dropped(asked)).toBe((dropped({ ...asked, chosen }) ?? 0) + 1);
  });

  it('says which file cannot be read', async () => {
    const { status, stderr } = await callCli('audit', '--data', 'nowhere.csv');
    expect(status).toBe(2);
    expect(stderr).toContain('nowhere.csv: There is no such file.');
  });

  it.each([
    ['a folder', () => folder.path, 'It is a folder, not a file.'],
    [
      'a file inside a file',
      () => `${SAMPLE}/x.csv`,
      'A part of its path is a file, not a folder.',
    ],
    ['a name that is too long', () => folder.at('x'.repeat(300)), 'Its name is too long.'],
    [
      'a link to itself',
      () => {
        const path = folder.at('loop');
        symlinkSync('loop', path);
        return path;
      },
      'It is a symbolic link that leads nowhere.',
    ],
  ])('says what is wrong with %s', async (_, path, reason) => {
    const { status, stderr } = await callCli('audit', '--data', path());
    expect(status).toBe(2);
    expect(stderr).toMatch(new RegExp(`^[^\\n]*: ${reason}\\n$`));
  });

  it(
    'says how far it is with a file that takes long, and ends when it is asked to',
    { timeout: DEADLINE_MS },
    async () => {
      const file = folder.write('long.csv', longSocialFx(20_000));
      const { process: child, saw, ended } = startCli(['audit', '--data', file]);
      await saw(/long\.csv: \d+ % read\n.*long\.csv: \d+ % read\n/s);
      child.kill('SIGINT');
      const { signal, stderr } = await ended;
      expect(signal).toBe('SIGINT');
      const shares = [...stderr.matchAll(/: (\d+) % read/g)].map(([, share]) => Number(share));
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(shares.at(-1)).toBeLessThan(100);
    },
  );

  it('reads other people’s files, and says how', async () => {
    const rows = readFileSync(SAMPLE, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','))
      .filter(({ length }) => length === 25);
    const semicolons = folder.write(
      'excel.csv',
      rows
        .map((row) => row.map((cell) => cell.replace(/^(-?\d+)\.(\d+)$/, '$1,$2')).join(';'))
        .join('\n'),
    );
    const read = await callCli('audit', '--data', semicolons, '--language', 'English');
    expect(read.stdout).toContain('600 rows by 33 contributors.');
    expect(read.stderr).toContain('Read with semicolons and decimal commas.');
    expect(read.stderr).toContain('--language changes nothing');

    const header = ['adjective', 'who', 'low shelf gain', 'low shelf freq'];
    const foreign = folder.write(
      'studio.csv',
      [header, ...rows.map((row) => [row[1], row[2], row[5], row[6]])].join('\n'),
    );
    const asked = await callCli('audit', '--data', foreign);
    expect(asked.status).toBe(2);
    expect(asked.stderr).toMatch(/studio\.csv: .*say which of them is the word.*--columns/);
    // The guess, ready to be copied.
    const guess = 'word=adjective,contributor=none,low-shelf-gain=low shelf gain';
    expect(asked.stderr).toContain(`--columns "${guess},low-shelf-frequency=low shelf freq"`);
    const wrong = await callCli('audit', '--data', foreign, '--columns', 'word=verb');
    expect(wrong.stderr).toMatch(/names the column "verb".*adjective, who/);
    const named = await callCli('audit', '--data', foreign, '--columns', 'word=1,contributor=who');
    expect(named.stdout).toContain('600 rows by 33 contributors.');
    const each = await callCli('audit', '--data', foreign, '--columns', 'contributor=none');
    expect(each.stdout).toContain('600 rows by contributors whom the file does not tell apart.');
    expect(each.stderr).toContain('nothing can be held out by person');
  });

  const socialFx = sharedFile('data/SocialFX-eq_contributions.csv');

  it.skipIf(socialFx === null)(
    'reads SocialFX in the language that is asked for (needs ../shared/data)',
    async () => {
      const path = socialFx ?? '';
      const { stdout } = await callCli('audit', '--data', path, '--language', 'español');
      expect(stdout).toContain('677 rows by contributors whom the file does not tell apart.');
      expect(stdout).toMatch(
        /Curves fitted by five bands\n.* The worst:\n {2}· line \d+, “.+”: \d\.\d\d dB\n/,
      );
      const json = await callCli('audit', '--data', path, '--language', 'español', '--json');
      const { fit } = v.parse(auditDocumentSchema, JSON.parse(json.stdout));
      expect(fit?.rows).toHaveLength(677);
      expect(new Set(fit?.rows.map(({ line }) => line)).size).toBe(677);
      const { status, stderr } = await callCli('audit', '--data', path, '--language', 'Klingon');
      expect(status).toBe(2);
      expect(stderr).toContain(
        'no rows in the language “Klingon”; choose English or Español or all',
      );
    },
  );

  const path = sharedFile('data/SAFEEqualiserUserData.csv');

  it.skipIf(path === null)(
    'prints JSON with lines of the real file (needs ../shared/data)',
    async () => {
      const { stdout } = await callCli('audit', '--data', path ?? '', '--json');
      const report = v.parse(auditDocumentSchema, JSON.parse(stdout));
      const defaults = report.findings.find(({ id }) => id === 'pluginDefaults');
      expect(defaults?.lines).toEqual([24, 85, 87, 88, 137, 141, 288, 355, 1458, 1694]);
      expect(report.rowsLeft).toEqual({ sensible: 1470, founding: 1700 });
      expect(report.chosen).toEqual({
        choices: SENSIBLE_CHOICES,
        rowsLeft: 1470,
        dropped: [
          { id: 'pluginDefaults', rows: 10 },
          { id: 'exactDuplicates', rows: 47 },
          { id: 'copies', rows: 173 },
        ],
      });
      // Addresses of the file are of the ranges for documentation.
      expect(stdout).not.toMatch(/\b(192\.0\.2|198\.51\.100|203\.0\.113)\./);
    },
  );
});
