/** A further thread of the WebAssembly engine, in the browser. */
import { helperThread, type ThreadMessage } from '../src/engines/fused/wasm/helper-thread';

const receive = helperThread(() => {
  self.postMessage('ready');
});
self.addEventListener('message', ({ data }: MessageEvent<ThreadMessage>) => {
  receive(data);
});
