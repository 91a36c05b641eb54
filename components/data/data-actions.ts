/** What is done with data: opened, looked over, and which of its words are trained on. */
import { isZip } from '../../src/base/zip-head';
import type { ActionContext, ActionTable } from '../state/action-table';
import { always, goTo } from '../state/action-table';
import { Newest } from '../state/newest';
import { isActive, isSweeping, type PageState } from '../state/page-state';
import { tickUsualWords, wordsWithRows } from '../state/usual-words';

/** Of several files that are still fetched from the disk or the server, the newest is read. */
const fetches = new Newest();

const SAMPLE = 'synthetic sample';

/** Whether other data would take the place of those that something learns from. */
const trains = (state: PageState): boolean => isActive(state.phase) || isSweeping(state);

export const dataActions = {
  'open-file': {
    enabled: always,
    perform: (context, { file }) => openFile(context, file),
  },
  'answer-data': {
    enabled: ({ waitingData }) => waitingData !== null,
    perform: async (context, { stop }) => {
      const { state, send, update } = context;
      const { waitingData } = state;
      update({ waitingData: null });
      if (waitingData === null || !stop) return;
      if (isSweeping(state)) send({ type: 'stop-sweep' });
      else if (isActive(state.phase)) send({ type: 'stop' });
      if (waitingData.file === null) await readSample(context, false);
      else await openFile(context, waitingData.file, true);
    },
  },
  'use-sample': {
    label: 'Use the sample',
    enabled: always,
    perform: async (context) => {
      if (trains(context.state)) {
        context.update({ waitingData: { name: SAMPLE, file: null } });
      } else await readSample(context, false);
    },
  },
  'train-sample': {
    label: 'Train it yourself',
    enabled: ({ phase }) => !isActive(phase),
    perform: (context) => readSample(context, true),
  },
  'read-again': {
    enabled: always,
    perform: ({ state, send, update }, { choices }) => {
      fetches.begin();
      const { foreignColumns, reading, data } = state;
      const name = foreignColumns === null ? data?.name : reading?.name;
      update({ reading: name === undefined ? null : { name, share: null } });
      send({ type: 'read-again', choices });
    },
  },
  /** What was loaded before stays. */
  'cancel-reading': {
    enabled: ({ reading }) => reading !== null,
    perform: ({ state, send, update }) => {
      fetches.begin();
      update({
        reading: null,
        trainsNext: false,
        announcement: `Reading ${state.reading?.name ?? ''} was cancelled.`,
      });
      send({ type: 'cancel-reading' });
    },
  },
  'close-columns': {
    enabled: always,
    perform: ({ send, update }) => {
      update({ foreignColumns: null, reading: null });
      send({ type: 'cancel-reading' });
    },
  },
  'set-minimum-rows': {
    enabled: always,
    perform: ({ state, update }, { rows }) => {
      update({ minimumRows: rows, chosenWords: wordsWithRows(state, rows) });
    },
  },
  'choose-words': {
    enabled: always,
    perform: ({ update }, { words }) => {
      update({ chosenWords: words });
    },
  },
  'tick-usual-words': {
    enabled: always,
    perform: ({ state, update }) => {
      update(tickUsualWords(state));
    },
  },
  'choose-cleaning': {
    enabled: always,
    perform: ({ state, update }, { choices }) => {
      update({ recipe: { ...state.recipe, audit: choices } });
    },
  },
  'add-row': {
    enabled: ({ eqHistory, phase }) => eqHistory.present !== null && !isActive(phase),
    perform: ({ state, send }, { label }) => {
      const { present } = state.eqHistory;
      if (present !== null) send({ type: 'add-row', label, setting: [...present.setting] });
    },
  },
  'take-back-row': {
    label: 'Take the last row back',
    enabled: ({ data, phase }) => data?.takeBack === true && !isActive(phase),
    perform: ({ send }) => {
      send({ type: 'take-back-row' });
    },
  },
  'export-data': {
    label: 'Download the data (CSV)',
    enabled: ({ data }) => data !== null,
    perform: ({ send }) => {
      send({ type: 'export-data' });
    },
  },
  'export-audit': {
    enabled: ({ audit, cleaned }) => audit !== null && cleaned !== null,
    perform: async ({ state: { audit, cleaned }, browser }) => {
      if (audit === null || cleaned === null) return;
      const { auditDocument } = await import('../../src/data/audit/report');
      const { choices, rowsLeft, dropped } = cleaned;
      // The document that the command line prints, too.
      const document = auditDocument(audit, { choices, rowsLeft, dropped });
      const bytes = new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`).buffer;
      browser.saveFile(`audit-${audit.dataSha256.slice(0, 8)}.json`, 'application/json', bytes);
    },
  },
} satisfies Partial<ActionTable>;

async function readSample(context: ActionContext, trainsNext: boolean): Promise<void> {
  const { browser, notify, send, update } = context;
  const isNewest = fetches.begin();
  const name = SAMPLE;
  goTo(context, 'train');
  if (context.state.reading !== null) send({ type: 'cancel-reading' });
  update({ reading: { name, share: null }, trainsNext });
  try {
    const bytes = await browser.readSample();
    if (isNewest()) send({ type: 'load-data', bytes, name, synthetic: true }, [bytes]);
    // What was opened instead may be no data file.
    else if (context.state.reading?.name === name) update({ reading: null });
  } catch {
    if (context.state.reading?.name === name) update({ reading: null });
    if (!isNewest()) return;
    update({ trainsNext: false });
    notify(
      'danger',
      'The sample could not be loaded, since the page’s own server did not answer: try again once you are online.',
    );
  }
}

/** @param answered whether a person has said that what trains may be stopped */
async function openFile(context: ActionContext, file: File, answered = false): Promise<void> {
  const { send, update, notify } = context;
  const isNewest = fetches.begin();
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    notify('danger', `${file.name} could not be read from the disk: choose it again.`);
    return;
  }
  const library = await isLibraryFile(bytes);
  if (!isNewest()) return;
  if (library) {
    goTo(context, 'compare');
    send({ type: 'import-library', bytes, name: file.name }, [bytes]);
  } else if (isModelFile(file.name, bytes)) {
    goTo(context, 'explore');
    send({ type: 'open-model', bytes, name: file.name }, [bytes]);
  } else if (trains(context.state) && !answered) {
    update({ waitingData: { name: file.name, file } });
  } else {
    const { name } = file;
    goTo(context, 'train');
    update({ reading: { name, share: null }, foreignColumns: null, trainsNext: false });
    send({ type: 'load-data', bytes, name, synthetic: false }, [bytes]);
  }
}

/** Told by what the zip holds, whatever it is called. */
async function isLibraryFile(bytes: ArrayBuffer): Promise<boolean> {
  const zip = new Uint8Array(bytes);
  return isZip(zip) && (await import('../../src/imports/library-zip')).isLibrary(zip);
}

/**
 * By its first bytes, whatever it is called: a zip, or a safetensors header (eight length bytes, then
 * a brace). What is named so and is none is the trainer's to refuse.
 */
function isModelFile(name: string, bytes: ArrayBuffer): boolean {
  if (/\.(safetensors|zip|onnx)$/i.test(name) || isZip(new Uint8Array(bytes))) return true;
  if (bytes.byteLength < 9) return false;
  const head = new DataView(bytes);
  return head.getUint32(4, true) === 0 && head.getUint8(8) === 0x7b;
}
