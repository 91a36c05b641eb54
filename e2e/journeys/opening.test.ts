import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { TestBrowser } from './harness';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.launch('no-preference');
});
afterAll(async () => {
  await browser.close();
});

describe('the page as it opens', () => {
  it('is drawn without an error and asks no other host for anything', async () => {
    const visit = await browser.visit();
    await visit.page.waitForNetworkIdle();
    await visit.worker();
    expect(await visit.page.$eval('wb-app >>> wb-notices', ({ notices }) => notices)).toEqual([]);
    await visit.screenshot('opening');
    await visit.end();
  });

  it('may not ask another host for anything, in a worker neither', async () => {
    const visit = await browser.visit();
    const ask = () => fetch('https://example.org/').catch(() => null);
    const worker = await visit.worker();
    for (const frame of [visit.page, worker]) {
      expect(await frame.evaluate(ask)).toBe(null);
      await expect.poll(() => visit.problems.splice(0).join()).toContain('Content Security Policy');
    }
    await visit.end();
  });

  it('is served with headers that forbid framing and keep links to themselves', async () => {
    const { headers } = await fetch(inject('siteUrl'));
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('has WebGPU in its worker, on the processor if need be', async () => {
    const visit = await browser.visit();
    const worker = await visit.worker();
    const found = await worker.evaluate(
      async () => (await navigator.gpu.requestAdapter()) !== null,
    );
    expect(found).toBe(true);
    await visit.end();
  });
});
