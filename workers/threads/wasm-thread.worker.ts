/** Runs in a worker of the training worker: a helper of the WebAssembly engine. */
import { helperThread, type ThreadMessage } from '../../src/engines/wasm/helper-thread';

const receive = helperThread(() => {
  self.postMessage('ready');
});
self.addEventListener('message', ({ data }: MessageEvent<ThreadMessage>) => {
  receive(data);
});
