/** Runs in a further thread of Node: a helper of the WebAssembly engine. */
import { parentPort } from 'node:worker_threads';
import { helperThread, type ThreadMessage } from '../../src/engines/wasm/helper-thread';
import { allowRelaxedSimd } from './wasm-builds';

allowRelaxedSimd();
const receive = helperThread(() => parentPort?.postMessage('ready'));
parentPort?.on('message', (message: ThreadMessage) => {
  receive(message);
});
