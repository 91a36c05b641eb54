import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { TestBrowser, type Visit } from './harness';
import { expectGoodLooks } from './looks';
import { useSample } from './person';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open('no-preference');
});
afterAll(async () => {
  await browser.close();
});

/** A visit whose worker has been seen to work. */
async function visitAtWork(): Promise<Visit> {
  const visit = await browser.visit();
  await useSample(visit);
  return visit;
}

/** From the last step of what is explained to the first, by the button alone. */
async function goBack(visit: Visit): Promise<void> {
  const title = () => visit.text('wb-app >>> wb-explain >>> h2');
  for (const before of ['The player', 'The curve', 'The words', 'The ring', 'The map']) {
    await visit.click('wb-app >>> wb-explain >>> [data-action="back"]');
    await expect.poll(title).toBe(before);
  }
  await visit.gone('wb-app >>> wb-explain >>> [data-action="back"]');
}

describe('the page as it opens', () => {
  it('is drawn without an error and asks no other host for anything', async () => {
    const visit = await browser.visit();
    await visit.sees('Begin with the sample');
    expect(await visit.text('wb-app >>> wb-notices >>> [role="alert"]')).toBe('');
    await visit.screenshot('opening');
    // Page and worker have asked for all that they start with.
    await useSample(visit);
    expect(await visit.text('wb-app >>> wb-notices >>> [role="alert"]')).toBe('');
    await visit.end();
  });

  it('explains itself in six steps, by keys, as often as it is asked', async () => {
    const visit = await browser.visit({}, '#explore');
    await visit.sees('What does');
    for (let round = 0; round < 2; round++) {
      await visit.click('aria/Explain[role="button"]');
      for (const title of ['The map', 'The ring', 'The words', 'The curve', 'The player']) {
        await visit.sees(title);
        await visit.page.keyboard.press('Enter');
      }
      await visit.sees('What next');
      if (round === 0) await expectGoodLooks(visit, 'explained');
      else await goBack(visit);
      await visit.page.keyboard.press('Escape');
      await visit.gone('wb-app >>> wb-explain');
    }
    await visit.end();
  });

  it('may not ask another host for anything, in a worker neither', async () => {
    const visit = await visitAtWork();
    const ask = () => fetch('https://example.org/').catch(() => null);
    for (const frame of [visit.page, visit.worker()]) {
      expect(await frame.evaluate(ask)).toBe(null);
      await expect
        .poll(() => visit.watch.problems.splice(0).join())
        .toContain('Content Security Policy');
    }
    await visit.end();
  });

  it('is served with headers that forbid framing and keep links to themselves', async () => {
    const { headers } = await fetch(inject('siteUrl'));
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('has WebGPU in its worker, on the processor if need be', async () => {
    const visit = await visitAtWork();
    const found = await visit
      .worker()
      .evaluate(async () => (await navigator.gpu.requestAdapter()) !== null);
    expect(found).toBe(true);
    await visit.end();
  });
});
