/** A process of Node that is one peer: commands come as lines of JSON, answers go as such. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { EngineChoice } from '../../src/engines/engine-choice';
import { allowRelaxedSimd } from '../../cli/threads/wasm-builds';
import type { Command } from '../protocol';
import { PeerServer } from '../serve-peer';
import type { Trainer } from '../trainer';

const [name = ''] = process.argv.slice(2);

async function engine(choice: EngineChoice, count: 'countTape' | 'countTfjs'): Promise<Trainer> {
  const { createEngine } = await import('../../src/engines/create-engine');
  const { fusedWasmHost } = await import('../../cli/threads/fused-wasm-host');
  const trainer = await import('../engine-trainer');
  const { engine } = await createEngine(choice, { fusedWasm: await fusedWasmHost(1) });
  return new trainer.EngineTrainer(engine, trainer[count]);
}

const STARTS: Readonly<Record<string, () => Promise<Trainer>>> = {
  'fused-wasm-1': () => engine('wasm-1', 'countTape'),
  'fused-wasm-2': () => engine('wasm-2', 'countTape'),
  'tfjs-wasm': () => engine('tfjs-wasm', 'countTfjs'),
  'tfjs-cpu': () => engine('cpu', 'countTfjs'),
  'jax-wasm': async () => (await import('./jax-trainer')).startJax('wasm'),
};

/** Of this process alone: what Linux tells of resource usage begins at the size of the parent. */
function peakBytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const [, kibibytes] =
    /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}

const server = new PeerServer({
  start: () => {
    const start = STARTS[name];
    if (start === undefined) throw new Error(`There is no peer ${name}.`);
    // Node 20 has relaxed SIMD behind a flag.
    allowRelaxedSimd();
    return start();
  },
  startGroup: () => {
    throw new Error('Only WebGPU trains runs together.');
  },
  memory: () => ({ bytes: peakBytes(), of: 'process' }),
  dispatches: () => 0,
});

for await (const line of createInterface({ input: process.stdin })) {
  // Only the bench writes here.
  const command = JSON.parse(line) as Command;
  const answer = await server.answer(command).catch((error: unknown) => ({ error: String(error) }));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
// Helper threads must not keep the process from ending.
process.exit();
