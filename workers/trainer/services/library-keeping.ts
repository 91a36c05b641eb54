/** What is done with all kept runs: looked over, and taken away or brought back in one file. */
import { InputError } from '../../../src/base/input-error';
import { sizeText } from '../../../src/base/size-text';
import { sha256Hex } from '../../../src/base/sha256';
import { unusedName } from '../../../src/recipe/run-name';
import { LARGEST_LIBRARY, MOST_RUNS } from '../../../src/base/library-bounds';
import { writeDataFile } from '../../../src/storage/data-file';
import {
  readLibrary,
  writeLibrary,
  type LibraryRun,
  type ReadDataSet,
  type ReadRun,
} from '../../../src/storage/library-file';
import type { RunSummary } from '../../../src/storage/run-summary';
import { describe, summaryOf } from '../../../src/storage/summary-of';
import { readCheckpoint } from '../../../src/training/checkpoint';
import { macrotask } from '../../shared/macrotask';
import { reasonOf } from '../emit';
import type { EventOf } from '../messages';
import type { TrainerStorage } from '../storage';

type Notice = Omit<EventOf<'library-notice'>, 'type'>;

/** The name, or, where a run has it already, the name with the next free number. */
export function nameBeside(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  // Also where a run of a number stands alone: "A (2)" beside "A (2)" is "A (3)", and not "A".
  return unusedName(name, [...taken, name.replace(/ \(\d+\)$/, '')]);
}

/**
 * Puts right what a tab left half done: a run whose file was saved and whose record was not is listed
 * again, and records of earlier versions get what they had not. What cannot be read is left alone.
 *
 * @returns names of the runs that are listed again
 */
export async function lookOver(storage: TrainerStorage): Promise<string[]> {
  const { runs } = await storage.listRuns();
  const names = runs.map(({ name }) => name);
  const found: string[] = [];
  for (const id of await storage.unlistedFiles()) {
    await unlessDamaged(async () => {
      const name = await listAgain(id, storage, [...names, ...found]);
      if (name !== null) found.push(name);
    });
  }
  for (const run of runs) {
    if (run.recipe !== undefined) continue;
    await unlessDamaged(async () => {
      const { model } = readCheckpoint(await storage.loadRunFile(run.id));
      await storage.describeRun(run, describe(model));
    });
  }
  return found;
}

/** @returns its name; null where somebody is just saving or deleting it */
async function listAgain(
  id: string,
  storage: TrainerStorage,
  taken: readonly string[],
): Promise<string | null> {
  const giveBackLock = await storage.holdFreeRun(id);
  if (giveBackLock === null) return null;
  try {
    // Whoever held it until now may have listed it.
    if (!(await storage.unlistedFiles()).includes(id)) return null;
    const bytes = await storage.loadRunFile(id);
    const { model, progress } = readCheckpoint(bytes);
    const plannedEpochs = model.document.run?.recipe.epochs ?? 0;
    const finished = progress === null || progress.epoch >= plannedEpochs;
    const kept = { id, savedAt: Date.now(), bytes: bytes.length, finished, plannedEpochs };
    const summary = summaryOf(model, kept);
    const name = nameBeside(summary.name, taken);
    await storage.saveNewRun({ ...summary, name }, bytes);
    return name;
  } finally {
    giveBackLock();
  }
}

/** One run that cannot be read is no reason to leave the others as they are. */
async function unlessDamaged(work: () => Promise<void>): Promise<void> {
  await macrotask();
  try {
    await work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
}

/**
 * All runs in one file, with the data sets they learnt from as far as those are kept, and a sentence
 * about it.
 *
 * @throws InputError where there are none, or more than a file may hold
 */
export async function exportLibrary(
  storage: TrainerStorage,
): Promise<{ bytes: ArrayBuffer; notice: Notice }> {
  const { runs } = await storage.listRuns();
  if (runs.length === 0) throw new InputError('No run is kept here, so there is none to export.');
  const total = runs.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > LARGEST_LIBRARY || runs.length > MOST_RUNS) {
    throw new InputError(
      `A file of all runs may have ${String(LARGEST_LIBRARY / 2 ** 20)} MB and ${String(MOST_RUNS)} runs, and these are ${String(runs.length)} of ${String(Math.ceil(total / 2 ** 20))} MB: delete some, or download models one by one.`,
    );
  }
  const whole: LibraryRun[] = [];
  const learntFrom = new Set<string>();
  for (const summary of runs) {
    await unlessDamaged(async () => {
      const bytes = await storage.loadRunFile(summary.id);
      const { run } = readCheckpoint(bytes).model.document;
      if (run !== null) learntFrom.add(run.dataSha256);
      whole.push({ summary, bytes });
    });
  }
  const data = await dataFiles([...learntFrom], LARGEST_LIBRARY - total, storage);
  const { buffer } = await writeLibrary(whole, data.files);
  const left = runs.length - whole.length;
  const without = left === 0 ? '' : `, without ${counted(left)} whose file is damaged`;
  const they = whole.length === 1 ? 'it' : 'they';
  const parts = [
    `${capital(counted(whole.length))} ${were(whole.length)} saved in one file of ${sizeText(buffer.byteLength)}${without}`,
    ...(data.files.length > 0
      ? [
          `the ${data.files.length === 1 ? 'data set' : countedData(data.files.length)} that ${they} learnt from ${were(data.files.length)} saved with ${they === 'it' ? 'it' : 'them'}, without personal columns`,
        ]
      : []),
    ...(data.unkept > 0
      ? [
          `${countedData(data.unkept)} ${data.unkept === 1 ? 'is' : 'are'} not kept here and so not in it`,
        ]
      : []),
    ...(data.large > 0
      ? [`${countedData(data.large)} would have made it too large and ${were(data.large)} left out`]
      : []),
  ];
  const allIn = left + data.unkept + data.large === 0;
  return {
    bytes: buffer,
    notice: { kind: allIn ? 'success' : 'warning', text: `${parts.join('; ')}.` },
  };
}

/** Files of data sets, and how many are not among them. */
interface DataFiles {
  readonly files: readonly Uint8Array[];
  /** Not here any more, or damaged. */
  readonly unkept: number;
  /** For which there is no room in the file. */
  readonly large: number;
}

/** @param room bytes of all of them at most */
async function dataFiles(
  hashes: readonly string[],
  room: number,
  storage: TrainerStorage,
): Promise<DataFiles> {
  const files: Uint8Array[] = [];
  let [left, unkept, large] = [room, 0, 0];
  for (const sha256 of hashes) {
    const data = await storage.loadData(sha256);
    const file = data === null ? null : writeDataFile(data);
    if (file === null) unkept++;
    else if (file.length > left) large++;
    else {
      files.push(file);
      left -= file.length;
    }
  }
  return { files, unkept, large };
}

/**
 * Keeps the runs of a file beside what is kept, unless the same run is here already, and its data sets
 * likewise.
 *
 * @returns a sentence about what came of it
 * @throws InputError where the file is damaged, and then nothing is kept of it
 * @throws StorageError where not all could be kept; those that were stay
 */
export async function importLibrary(file: Uint8Array, storage: TrainerStorage): Promise<Notice> {
  const { runs: read, dataSets } = await readLibrary(file);
  const { runs } = await storage.listRuns();
  const names = runs.map(({ name }) => name);
  const taken = new Set<string>();
  let [here, twice, renamed] = [0, 0, 0];
  for (const run of read) {
    await macrotask();
    if (taken.has(run.sha256)) twice++;
    else if (await isKept(run, runs, storage)) here++;
    else {
      const name = nameBeside(run.summary.name, names);
      const summary = { ...run.summary, id: crypto.randomUUID(), name };
      try {
        await storage.saveNewRun(summary, run.bytes());
      } catch (error) {
        return {
          kind: 'warning',
          text: `${capital(counted(taken.size))} of ${String(read.length)} in the file ${were(taken.size)} imported, then this stood in the way: ${reasonOf(error)}`,
        };
      }
      names.push(name);
      taken.add(run.sha256);
      if (name !== run.summary.name) renamed++;
    }
  }
  const data = await keepDataSets(dataSets, storage);
  const parts = [
    `${capital(counted(taken.size))} ${were(taken.size)} imported`,
    ...(renamed > 0 ? [`${String(renamed)} under another name, since theirs were taken`] : []),
    ...(here > 0
      ? [
          `${String(here)} ${were(here)} kept here already and ${were(here)} left as ${here === 1 ? 'it is' : 'they are'}`,
        ]
      : []),
    ...(twice > 0 ? [`${String(twice)} stood in the file twice`] : []),
    ...(data.kept > 0
      ? [`${countedData(data.kept)} came with ${read.length === 1 ? 'it' : 'them'}`]
      : []),
  ];
  const text = `${parts.join('; ')}.`;
  if (data.problem !== null) {
    return {
      kind: 'warning',
      text: `${text} Not all of its data sets could be kept, so load them here to train on: ${data.problem}`,
    };
  }
  return { kind: taken.size + data.kept > 0 ? 'success' : 'info', text };
}

/** What is kept here already stays as it is. @returns how many came, and what stood in the way */
async function keepDataSets(
  dataSets: readonly ReadDataSet[],
  storage: TrainerStorage,
): Promise<{ readonly kept: number; readonly problem: string | null }> {
  let kept = 0;
  try {
    for (const { sha256, data } of dataSets) {
      await macrotask();
      if ((await storage.loadData(sha256)) !== null) continue;
      await storage.saveData(data());
      kept++;
    }
  } catch (error) {
    return { kept, problem: reasonOf(error) };
  }
  return { kept, problem: null };
}

/** Whether the very file is kept, under whatever name. */
async function isKept(
  { summary, sha256 }: ReadRun,
  runs: readonly RunSummary[],
  storage: TrainerStorage,
): Promise<boolean> {
  const asLong = runs.filter((run) => run.bytes === summary.bytes);
  for (const { id } of asLong) {
    const kept = await storage.loadRunFile(id).catch(() => new Uint8Array());
    if ((await sha256Hex(kept)) === sha256) return true;
  }
  return false;
}

function counted(runs: number): string {
  return runs === 0 ? 'no run' : `${String(runs)} ${runs === 1 ? 'run' : 'runs'}`;
}

function countedData(sets: number): string {
  return `${String(sets)} data ${sets === 1 ? 'set' : 'sets'}`;
}

function were(runs: number): string {
  return runs > 1 ? 'were' : 'was';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
