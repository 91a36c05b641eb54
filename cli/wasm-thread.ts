/** Runs in a further thread of Node: a helper of the WebAssembly engine. */
import { parentPort } from 'node:worker_threads';
import { helperThread, type ThreadMessage } from '../src/engines/fused/wasm/helper-thread';
import { allowRelaxedSimd } from '../src/testing/wasm-builds';

allowRelaxedSimd();
const receive = helperThread(() => parentPort?.postMessage('ready'));
parentPort?.on('message', (message: ThreadMessage) => {
  receive(message);
});
