/**
 * Trains runs in another thread. A slot trains one run at a time, and a thread has as many slots as
 * its engine can train runs at once. Browser and Node pass in how a thread is made.
 */
import type { TrainingSet } from '../../data/rows';
import type { EngineGroup } from '../../engines/create-engine';
import { EngineLostError, type EngineDescription } from '../../engines/engine';
import type { EngineChoice } from '../../engines/engine-choice';
import { InputError } from '../../base/input-error';
import { engineSlot, type Slot } from './train-together';
import type { EpochRecord } from '../progress';
import type { RunPlan } from '../run-plan';

/** To the thread. */
export type SlotRequest =
  | { readonly type: 'open'; readonly choice: EngineChoice; readonly slots: number }
  /** Rows that further requests name by their number: most runs of a sweep have the same. */
  | { readonly type: 'rows'; readonly number: number; readonly set: TrainingSet }
  | {
      readonly type: 'train';
      readonly slot: number;
      readonly plan: Omit<RunPlan, 'set'>;
      readonly rows: number;
    }
  | { readonly type: 'close'; readonly slot: number };

type Fault = 'input' | 'lost' | 'other';

/** From the thread. */
export type SlotAnswer =
  | {
      readonly type: 'opened';
      readonly engine: EngineDescription;
      readonly slots: number;
      readonly reason: string;
    }
  | { readonly type: 'refused'; readonly fault: Fault; readonly reason: string }
  | { readonly type: 'epoch'; readonly slot: number; readonly record: EpochRecord }
  | { readonly type: 'finished'; readonly slot: number; readonly file: Uint8Array<ArrayBuffer> }
  | {
      readonly type: 'failed';
      readonly slot: number;
      readonly fault: Fault;
      readonly reason: string;
    };

/** A thread as the one that started it sees it. */
export interface SweepThread {
  readonly post: (request: SlotRequest) => void;
  /** @param crashed called with a reason when the thread ended by itself */
  readonly listen: (
    handle: (answer: SlotAnswer) => void,
    crashed: (reason: string) => void,
  ) => void;
  /** Nothing is left for it to do, and it may be given out again. */
  readonly release: () => void;
  readonly stop: () => void;
}

export interface SweepWorker {
  readonly slots: readonly Slot[];
  readonly engine: EngineDescription;
  /** Why this engine: one sentence that names the device. */
  readonly reason: string;
}

/**
 * Makes a thread set up its engines.
 *
 * @param thread released when its slots are closed; stopped where one is closed in the middle of a
 *   run, or when it is of no use
 * @param wanted how many runs the thread should train at once, if its engine can do that
 * @throws InputError when the chosen engine cannot be had there
 */
export async function openSweepWorker(
  thread: SweepThread,
  choice: EngineChoice,
  wanted: number,
): Promise<SweepWorker> {
  const slots = new Map<number, RemoteSlot>();
  const rows = new Map<TrainingSet, number>();
  let abandoned = false;
  const numberOf = (set: TrainingSet): number => {
    const known = rows.get(set);
    if (known !== undefined) return known;
    const number = rows.size;
    rows.set(set, number);
    thread.post({ type: 'rows', number, set });
    return number;
  };
  try {
    const { engine, reason, ...opened } = await new Promise<
      Extract<SlotAnswer, { type: 'opened' }>
    >((resolve, reject) => {
      thread.listen(
        (answer) => {
          if (answer.type === 'opened') resolve(answer);
          else if (answer.type === 'refused') reject(errorOf(answer.fault, answer.reason));
          else slots.get(answer.slot)?.handle(answer);
        },
        (why) => {
          const lost = new EngineLostError(why);
          reject(lost);
          for (const slot of slots.values()) slot.lose(lost);
        },
      );
      thread.post({ type: 'open', choice, slots: wanted });
    });
    for (let number = 0; number < opened.slots; number++) {
      slots.set(
        number,
        new RemoteSlot(number, thread, numberOf, (trains) => {
          slots.delete(number);
          abandoned ||= trains;
          if (slots.size > 0) return;
          if (abandoned) thread.stop();
          else thread.release();
        }),
      );
    }
    return { slots: [...slots.values()], engine, reason };
  } catch (error) {
    thread.stop();
    throw error;
  }
}

/** A slot of a thread, as the one that started it sees it. */
class RemoteSlot implements Slot {
  readonly #number: number;
  readonly #thread: SweepThread;
  readonly #numberOf: (set: TrainingSet) => number;
  readonly #closed: (trains: boolean) => void;
  #training: {
    readonly onEpoch: (record: EpochRecord) => void;
    readonly resolve: (file: Uint8Array<ArrayBuffer>) => void;
    readonly reject: (error: Error) => void;
  } | null = null;

  #lost: EngineLostError | null = null;

  /**
   * @param numberOf gives the thread rows that it has not, and their number there
   * @param closed   is told whether a run was left in its middle
   */
  constructor(
    number: number,
    thread: SweepThread,
    numberOf: (set: TrainingSet) => number,
    closed: (trains: boolean) => void,
  ) {
    this.#number = number;
    this.#thread = thread;
    this.#numberOf = numberOf;
    this.#closed = closed;
  }

  train(
    { name, recipe, data: { sha256, synthetic }, set }: RunPlan,
    onEpoch: (record: EpochRecord) => void,
    signal: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const result = new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
      this.#training = { onEpoch, resolve, reject };
    });
    // A thread that computes hears nothing, so it is not asked to stop but ended when all its slots
    // are closed.
    const stop = (): void => {
      this.#training?.reject(new Error('The run was stopped.'));
    };
    signal.addEventListener('abort', stop);
    if (this.#lost !== null) this.lose(this.#lost);
    // The data set itself stays here: the plan's rows are all that training needs.
    const plan = { name, recipe, data: { sha256, synthetic } };
    const rows = this.#numberOf(set);
    this.#thread.post({ type: 'train', slot: this.#number, plan, rows });
    return result.finally(() => {
      signal.removeEventListener('abort', stop);
    });
  }

  close(): void {
    this.#thread.post({ type: 'close', slot: this.#number });
    this.#closed(this.#lost !== null || this.#training !== null);
  }

  handle(answer: Extract<SlotAnswer, { slot: number }>): void {
    switch (answer.type) {
      case 'epoch':
        this.#training?.onEpoch(answer.record);
        return;
      case 'finished':
        this.#training?.resolve(answer.file);
        break;
      case 'failed':
        this.#training?.reject(errorOf(answer.fault, answer.reason));
    }
    this.#training = null;
  }

  /** The thread has ended by itself. */
  lose(error: EngineLostError): void {
    this.#lost = error;
    this.#training?.reject(error);
  }
}

/**
 * The thread's end: what it does with each request.
 *
 * @param open makes engines, as many as are wanted or fewer
 * @param post hands the buffers over
 */
export function serveSlots(
  open: (choice: EngineChoice, wanted: number) => Promise<EngineGroup>,
  post: (answer: SlotAnswer, transfer: ArrayBuffer[]) => void,
): (request: SlotRequest) => Promise<void> {
  let slots: Slot[] = [];
  const sets = new Map<number, TrainingSet>();
  // A thread is stopped from outside.
  const { signal } = new AbortController();
  return async (request) => {
    switch (request.type) {
      case 'open':
        // Those of a sweep before.
        sets.clear();
        try {
          const { engines, reason } = await open(request.choice, request.slots);
          const [first] = engines;
          if (first === undefined) throw new Error('There is no engine.');
          slots = engines.map(engineSlot);
          const { description: engine } = first;
          post({ type: 'opened', engine, slots: slots.length, reason }, []);
        } catch (error) {
          post({ type: 'refused', ...faultOf(error) }, []);
        }
        return;
      case 'rows':
        sets.set(request.number, request.set);
        return;
      case 'train': {
        const { slot, plan, rows } = request;
        const onEpoch = (record: EpochRecord): void => {
          post({ type: 'epoch', slot, record }, []);
        };
        try {
          const set = sets.get(rows);
          if (set === undefined) throw new Error('The thread has not been given these rows.');
          const file = await slots[slot]?.train({ ...plan, set }, onEpoch, signal);
          if (file !== undefined) post({ type: 'finished', slot, file }, [file.buffer]);
        } catch (error) {
          post({ type: 'failed', slot, ...faultOf(error) }, []);
        }
        return;
      }
      case 'close':
        slots[request.slot]?.close();
    }
  };
}

/** Errors lose their class between threads. */
function faultOf(error: unknown): { fault: Fault; reason: string } {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof EngineLostError) return { fault: 'lost', reason };
  return { fault: error instanceof InputError ? 'input' : 'other', reason };
}

function errorOf(fault: Fault, reason: string): Error {
  if (fault === 'lost') return new EngineLostError(reason);
  return fault === 'input' ? new InputError(reason) : new Error(reason);
}
