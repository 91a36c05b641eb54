/** A further thread of the WebAssembly engine. How one is made is up to browser or Node. */
import type { WasmExports } from './session';

export type ThreadMessage =
  | {
      readonly type: 'load';
      readonly module: WebAssembly.Module;
      /** Shared. */
      readonly memory: WebAssembly.Memory;
    }
  | {
      readonly type: 'train';
      readonly header: number;
      readonly steps: number;
      readonly thread: number;
      readonly threads: number;
    };

/** The engine's end. The thread must be running: the engine waits for it without letting go. */
export interface HelperThread {
  readonly post: (message: ThreadMessage) => void;
  readonly stop: () => void;
}

/** The thread's end: what it does with each message, in order. */
export function helperThread(): (message: ThreadMessage) => void {
  let exports: WasmExports | null = null;
  return (message) => {
    if (message.type === 'load') {
      const { module, memory } = message;
      exports = new WebAssembly.Instance(module, { env: { memory } })
        .exports as unknown as WasmExports;
    } else {
      const { header, steps, thread, threads } = message;
      exports?.train(header, steps, thread, threads);
    }
  };
}
