/** A peer as the bench sees it: a name, and someone who answers. */
import * as v from 'valibot';
import { ANSWERS, type Answer, type Command } from './protocol';

/** The other end, in a process or a page. */
export interface Line {
  /** @returns the answer as it came */
  readonly ask: (command: Command) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

export interface PeerKind {
  readonly name: string;
  /** For people. */
  readonly title: string;
  readonly host: 'Node' | 'Chromium' | 'Python';
}

/** All peers there are, in the order of the tables. */
export const PEERS = [
  { name: 'fused-webgpu', title: 'fused WebGPU', host: 'Chromium' },
  { name: 'fused-wasm-1', title: 'fused WebAssembly, 1 thread', host: 'Node' },
  { name: 'fused-wasm-2', title: 'fused WebAssembly, 2 threads', host: 'Node' },
  { name: 'fused-wasm-1-chromium', title: 'fused WebAssembly, 1 thread', host: 'Chromium' },
  { name: 'fused-wasm-2-chromium', title: 'fused WebAssembly, 2 threads', host: 'Chromium' },
  { name: 'torch-cpu-1', title: 'PyTorch CPU, 1 thread', host: 'Python' },
  { name: 'torch-cpu-2', title: 'PyTorch CPU, 2 threads', host: 'Python' },
  { name: 'torch-cuda', title: 'PyTorch CUDA', host: 'Python' },
  { name: 'torch-cuda-compiled', title: 'PyTorch CUDA, compiled', host: 'Python' },
  { name: 'jax', title: 'jax, jitted', host: 'Python' },
  { name: 'tfjs-wasm', title: 'TensorFlow.js WebAssembly', host: 'Node' },
  { name: 'tfjs-wasm-chromium', title: 'TensorFlow.js WebAssembly', host: 'Chromium' },
  { name: 'tfjs-cpu', title: 'TensorFlow.js CPU', host: 'Node' },
  { name: 'tfjs-webgpu', title: 'TensorFlow.js WebGPU', host: 'Chromium' },
  { name: 'jax-wasm', title: 'jax-js WebAssembly, jitted', host: 'Node' },
  { name: 'jax-wasm-chromium', title: 'jax-js WebAssembly, jitted', host: 'Chromium' },
  { name: 'jax-webgpu', title: 'jax-js WebGPU, jitted', host: 'Chromium' },
] as const satisfies readonly PeerKind[];

export type PeerName = (typeof PEERS)[number]['name'];

const failure = v.object({ error: v.string() });

export class Peer {
  readonly kind: PeerKind;
  readonly #line: Line;

  constructor(kind: PeerKind, line: Line) {
    this.kind = kind;
    this.#line = line;
  }

  /** @throws Error when the peer cannot do it, or what it says makes no sense */
  async ask<Name extends Command['do']>(
    command: Extract<Command, { do: Name }>,
  ): Promise<Answer<Name>> {
    const answer = await this.#line.ask(command);
    if (v.is(failure, answer)) throw new Error(answer.error);
    const schema: v.GenericSchema<unknown, Answer<Name>> = ANSWERS[command.do];
    const { success, output } = v.safeParse(schema, answer);
    if (!success) throw new Error(`"${command.do}" was answered with what is no number.`);
    return output;
  }

  close(): Promise<void> {
    return this.#line.close();
  }
}
