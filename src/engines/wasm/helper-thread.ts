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

/** The engine's end. */
export interface HelperThread {
  readonly post: (message: ThreadMessage) => void;
  /** Settles when the thread says that it is ready: once when it runs, and after every load. */
  readonly ready: () => Promise<void>;
  readonly stop: () => void;
}

/**
 * The thread's end: what it does with each message, in order.
 *
 * @param tellReady called once at the start, and after every load
 */
export function helperThread(tellReady: () => void): (message: ThreadMessage) => void {
  let exports: WasmExports | null = null;
  tellReady();
  return (message) => {
    if (message.type === 'load') {
      const { module, memory } = message;
      exports = new WebAssembly.Instance(module, { env: { memory } })
        .exports as unknown as WasmExports;
      tellReady();
    } else {
      const { header, steps, thread, threads } = message;
      exports?.train(header, steps, thread, threads);
    }
  };
}
