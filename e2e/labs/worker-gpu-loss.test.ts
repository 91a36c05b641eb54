/** Training in the worker when the GPU goes away: in a browser of its own, whose GPU process it ends. */
import { expect, it } from 'vitest';
import { sampleWithCanary, workerLab } from './worker-lab';

const worker = workerLab({ ownBrowser: true });

it('survives the loss of the GPU', async () => {
  await worker.page.evaluate(async (text) => {
    await lab.load(text);
    await lab.chooseEngine('webgpu');
    // On software in the place of a graphics card so many take minutes, on WebAssembly seconds.
    lab.start({ ...lab.endless, epochs: 300 });
    await lab.next('epoch');
  }, sampleWithCanary);
  const client = await worker.browser.target().createCDPSession();
  await client.send('Browser.crashGpuProcess');
  const seen = await worker.page.evaluate(async () => {
    const trouble = await lab.next('trouble');
    const { name, reason } = await lab.next('engine', (event) => event.name === 'fused-wasm');
    await lab.phase('done');
    return { trouble, name, reason, model: lab.model().document.run };
  });
  expect(seen.trouble.fatal).toBe(false);
  expect(seen.trouble.reason).toMatch(/The run goes on from epoch \d+ on WebAssembly/);
  expect(seen.reason).toMatch(/because .* went away\.$/);
  expect(seen.model).toMatchObject({ epochs: 300, engine: 'fused-wasm' });
});
