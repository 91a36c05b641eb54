/** Data files that are not SAFE-DB as it is published: other separators, other columns, SocialFX. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longSocialFx } from '../../src/testing/long-social-fx';
import { sharedFile } from '../../src/testing/shared-files';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { TestBrowser, type Visit } from './harness';
import { expectAccessible, expectGoodLooks, expectLayout } from './looks';
import { PAGE, setSetting, train, useSample } from './person';

const socialFx = sharedFile('data/SocialFX-eq_contributions.csv');
const folder = temporaryFolder();

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(() => browser.close());

/** Rows of the sample as cells, but those with a comma in their word. */
function sampleCells(): string[][] {
  const sample = fileURLToPath(new URL('../../public/sample.csv', import.meta.url));
  const lines = readFileSync(sample, 'utf8').trimEnd().split('\n');
  return lines.map((line) => line.split(',')).filter(({ length }) => length === 25);
}

function drop(visit: Visit, name: string, text: string | Buffer): Promise<void> {
  return visit.drop(PAGE, folder.write(name, text));
}

describe('a data file', () => {
  it('of a spreadsheet is read with its separators and decimal commas, and says so', async () => {
    const visit = await browser.visit();
    await drop(visit, 'broken.csv', 'no table at all');
    await visit.sees('broken.csv: ');
    const rows = sampleCells().map((cells) =>
      cells.map((cell, at) => (at > 4 && at < 18 ? cell.replace('.', ',') : cell)).join(';'),
    );
    const text = `\uFEFF${rows.join('\r\n')}\r\n`;
    await drop(visit, 'excel.csv', Buffer.from(text, 'utf16le'));
    await visit.sees('Read as UTF-16 with semicolons and decimal commas.');
    await visit.sees('Every row can be used.');
    // What was wrong with the file before is over.
    await visit.gone('text/broken.csv: ');
    await visit.end();
  });

  it('with a header of its own is read once its columns are chosen', async () => {
    const visit = await browser.visit();
    const rows = sampleCells().map((cells) =>
      [cells[1], cells[2], ...cells.slice(10, 13)].join(','),
    );
    const header = 'adjective,engineer,mid gain,mid freq,mid q,how';
    const text = [header, ...rows.map((row) => `${row},quickly`)].join('\n');
    await drop(visit, 'studio.csv', text);
    await visit.sees('Which columns of studio.csv are what?');
    const chosen = (label: string): Promise<string> =>
      visit.page.$eval(
        `wb-app >>> wb-columns >>> select[aria-label="${label}"]`,
        (select) => select.selectedOptions[0]?.textContent.trim() ?? '',
      );
    expect(await chosen('Word')).toBe('adjective');
    expect(await chosen('Contributor')).toBe('engineer');
    expect(await chosen('bell 2: Gain, dB')).toBe('mid gain');
    await expectGoodLooks(visit, 'columns');
    const contributor = await visit.find(
      'wb-app >>> wb-columns >>> select[aria-label="Contributor"]',
    );
    await contributor.select('');
    await visit.sees('nothing can be held out by person');
    await contributor.select('1');
    await visit.click('wb-app >>> wb-columns >>> wa-button[data-action="read-columns"]');
    await visit.sees('Every row can be used.');
    await visit.sees('33 contributors');
    await visit.end();
  });

  it('that takes long to read says how far it is, and is cancelled for the sample', async () => {
    const visit = await browser.visit();
    await drop(visit, 'long.csv', longSocialFx(20_000));
    await visit.sees('Reading long.csv… ');
    const cancel = 'wb-app >>> wb-data-panel >>> wa-button[data-action="cancel-reading"]';
    await visit.find(cancel);
    await expectLayout(visit);
    await expectAccessible(visit);
    await visit.click(cancel);
    await visit.sees('Drop a CSV of EQ settings here');
    await visit.gone(cancel);
    await useSample(visit);
    expect(await visit.text('wb-app >>> wb-data-panel >>> .name')).toBe('synthetic sample');
    await visit.end();
  });

  it.skipIf(socialFx === null)(
    'of SocialFX is fitted, in one language or another, and trains (needs ../shared/data)',
    async () => {
      const visit = await browser.visit();
      await visit.drop(PAGE, socialFx ?? '');
      await visit.sees('Read as SocialFX: 918 rows in English; the 677 in Español were left out.');
      await visit.sees('half of them to within 0.83 dB RMS');
      await visit.click('wb-app >>> wb-reading >>> summary');
      await visit.sees('Line 1159:');
      await expectGoodLooks(visit, 'socialfx');
      const language = await visit.find('wb-app >>> wb-reading >>> select');
      await language.select('Español');
      await visit.sees('677 rows in Español');
      await setSetting(visit, 'Epochs', '1');
      await train(visit);
      await visit.end();
    },
  );
});
