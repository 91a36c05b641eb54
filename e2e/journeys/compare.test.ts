/** Runs side by side: ticked, compared, and taken away as files. */
import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestBrowser, type Visit } from './harness';
import { expectAccessible, expectGoodLooks } from './looks';
import { downloadModel, goTo, openSample, setSetting, train } from './person';

const COMPARE = 'wb-app >>> wb-compare >>>';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(async () => {
  await browser.close();
});

async function openComparison(visit: Visit): Promise<void> {
  // The newest run is on top; they stand side by side in the order of the ticks.
  await visit.click('wb-app >>> wb-runs >>> li:nth-child(2) input');
  await visit.click('wb-app >>> wb-runs >>> li:nth-child(1) input');
  await visit.click('wb-app >>> wb-runs >>> wa-button[data-action="compare"]');
  await visit.find(`${COMPARE} wb-figure[data-figure="map"]`);
}

/** How wide each figure was drawn, in CSS pixels; 0 where its SVG cannot be read. */
const drawnWidths = (visit: Visit) =>
  visit.page.$$eval('wb-app >>> wb-compare >>> wb-figure >>> img', (images) =>
    Promise.all(
      images.map(async (image) => {
        await image.decode();
        return image.naturalWidth;
      }),
    ),
  );

it('puts two runs side by side, and gives their tables and figures away', async () => {
  const visit = await openSample(browser);
  const silhouettes: (number | null | undefined)[] = [];
  for (const epochs of ['1', '2']) {
    await setSetting(visit, 'Epochs', epochs);
    await train(visit);
    const { document } = await downloadModel(visit);
    silhouettes.push(document.run?.scoreboard?.silhouette);
  }
  await goTo(visit, 'compare');
  await visit.find('wb-app >>> wb-runs >>> li:nth-child(2)');
  await visit.find('wb-app >>> wb-runs >>> [data-action="compare"][disabled]');
  await openComparison(visit);
  const heading = await visit.find(`${COMPARE} h2`);
  // Below the page's header, however long the list of runs above is.
  await expect
    .poll(() => heading.evaluate((element) => element.getBoundingClientRect().top))
    .toBeLessThan(150);
  expect(await drawnWidths(visit)).toEqual([336, 336, 336, 336]);
  await expectAccessible(visit);

  const settings = await visit.download(
    `${COMPARE} [data-table="settings"] >>> [data-action="csv"]`,
  );
  const rows = (path: string) =>
    Papa.parse<string[]>(readFileSync(path, 'utf8'), { skipEmptyLines: true }).data;
  expect(rows(settings)).toEqual([
    ['Setting', 'Warmbright, epochs 1', 'Warmbright, epochs 2'],
    ['epochs', '1', '2'],
  ]);
  const scores = rows(
    await visit.download(`${COMPARE} [data-table="scores"] >>> [data-action="csv"]`),
  );
  expect(scores.find(([title]) => title === 'Silhouette, held-out rows')?.slice(2)).toEqual(
    silhouettes.map((silhouette) => silhouette?.toFixed(3)),
  );
  const markdown = await visit.download(
    `${COMPARE} [data-table="words"] >>> [data-action="markdown"]`,
  );
  expect(readFileSync(markdown, 'utf8')).toMatch(
    /^\| Word \| Held-out rows \|.*\n\| :-- \| --: \|/,
  );

  const svg = await visit.download(`${COMPARE} [data-figure="losses"] >>> [data-action="svg"]`);
  const drawing = readFileSync(svg, 'utf8');
  expect(drawing).toContain('width="89mm"');
  const read = await visit.page.evaluate((text) => {
    const figure = new DOMParser().parseFromString(text, 'image/svg+xml');
    const texts = [...figure.querySelectorAll('text')].map(({ textContent }) => textContent);
    return { root: figure.documentElement.nodeName, texts };
  }, drawing);
  expect(read.root).toBe('svg');
  expect(read.texts).toEqual(
    expect.arrayContaining(['Epoch', 'Total loss', 'Warmbright, epochs 1', 'Warmbright, epochs 2']),
  );
  const png = readFileSync(
    await visit.download(`${COMPARE} [data-figure="losses"] >>> [data-action="png"]`),
  );
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  // 89 mm at 300 dots an inch.
  expect(png.readUInt32BE(16)).toBe(1051);
  expect(png.readUInt32BE(41)).toBe(Math.round(300 / 0.0254));
  const readable = await visit.page.evaluate(
    async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      return image.naturalWidth;
    },
    `data:image/png;base64,${png.toString('base64')}`,
  );
  expect(readable).toBe(1051);

  await visit.page.$eval(`${COMPARE} [data-table="settings"]`, (table) => {
    table.scrollIntoView();
  });
  await expectGoodLooks(visit, 'compare');
  await visit.page.$eval(`${COMPARE} [data-figure="losses"]`, (figure) => {
    figure.scrollIntoView();
  });
  await visit.screenshot('compare-figures');
  await visit.click('wb-app >>> wb-compare >>> [data-action="close-compare"]');
  await visit.gone(`${COMPARE} wb-figure`);
  await visit.end();
});
