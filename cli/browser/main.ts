/** A page without a face: lets the command line speak to the training worker. */
import { TrainerClient } from '../../workers/trainer/client';
import type { Command } from '../../workers/trainer/messages';

const client = new TrainerClient();

/** Between page and command line only JSON crosses, so bytes go as base64. */
async function bytesOf(base64: string): Promise<ArrayBuffer> {
  const response = await fetch(`data:application/octet-stream;base64,${base64}`);
  return response.arrayBuffer();
}

function base64Of(bytes: ArrayBuffer): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    });
    reader.readAsDataURL(new Blob([bytes]));
  });
}

client.onEvent((event) => {
  switch (event.type) {
    case 'file':
      void base64Of(event.bytes).then((base64) => window.fromPage({ type: 'file', base64 }));
      return;
    case 'sweep-run': {
      const { type, run, id } = event;
      void window.fromPage({ type, run, id });
      return;
    }
    case 'model':
      // While a run trains, so many are shown that only the fact is passed on.
      void window.fromPage({ type: 'model' });
      return;
    case 'engine':
    case 'data-loaded':
    case 'phase':
    case 'epoch':
    case 'sweep-engine':
    case 'sweep-epochs':
    case 'sweep-failed':
    case 'sweep-ended':
    case 'refused':
    case 'trouble':
      void window.fromPage(event);
  }
});

window.toPage = {
  loadData: async (base64, synthetic, choices) => {
    const bytes = await bytesOf(base64);
    client.send({ type: 'load-data', bytes, synthetic, choices }, [bytes]);
  },
  send: (command: Command) => {
    client.send(command);
  },
};
