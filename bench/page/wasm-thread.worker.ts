/** A further thread of the fused WebAssembly engine in a browser. */
import { helperThread, type ThreadMessage } from '../../src/engines/fused/wasm/helper-thread';

const receive = helperThread(() => {
  self.postMessage('ready');
});
self.onmessage = ({ data }: MessageEvent<ThreadMessage>) => {
  receive(data);
};
