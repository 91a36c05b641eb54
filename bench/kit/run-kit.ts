/** What the unpacked kit runs: the bench's peers that need neither browser nor packages. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InputError } from '../../src/base/input-error';
import { measureAll } from '../measure-all';
import { printResults } from '../print';
import { findJax, findPyTorch } from '../python';
import { augmentedData } from '../work';
import { askAdapter } from './adapter';
import { kitOptions } from './kit-options';
import { chooseDriver } from './vulkan-driver';

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

async function main(): Promise<void> {
  const options = kitOptions(process.argv.slice(2));
  if (options === null) return;
  const { icd, json, kinds, quick, effort } = options;
  const driver = chooseDriver(icd, process.env);
  console.error(`Vulkan: ${driver.says}.`);
  Object.assign(process.env, driver.environment);
  const inPython = kinds.some(({ host }) => host === 'Python');
  const nodePeer = [beside('kit-peer.js')];
  const adapter = kinds.some(({ name }) => name === 'fused-webgpu')
    ? askAdapter(nodePeer)
    : 'not asked for';
  const hosts = {
    nodePeer,
    pythonPeers: beside('peers'),
    site: null,
    torch: inPython ? findPyTorch() : null,
    jax: inPython ? findJax() : null,
    sweeps: false,
    adapter,
  };
  const results = await measureAll(kinds, hosts, await augmentedData(), effort, quick);
  printResults(results);
  writeFileSync(json, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\nWritten: ${json}`);
}

try {
  await main();
} catch (error) {
  const foreseen = error instanceof InputError;
  console.error(foreseen ? `run: ${error.message}` : error);
  process.exitCode = foreseen ? 2 : 1;
}
