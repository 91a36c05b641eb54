/** What is done before a signal ends the process. */

/** Those that ask a process to end. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type EndingSignal = (typeof SIGNALS)[number];

const cleanUps = new Set<() => void>();

/**
 * Has something done if the process is ended by a signal, or ends itself.
 *
 * @param cleanUp must be quick and wait for nothing
 * @returns to be called when that is not needed any more
 */
export function beforeTheEnd(cleanUp: () => void): () => void {
  if (cleanUps.size === 0) {
    process.on('exit', cleanUpAll);
    for (const signal of SIGNALS) process.on(signal, endUnlessTaken);
  }
  cleanUps.add(cleanUp);
  return () => {
    cleanUps.delete(cleanUp);
    if (cleanUps.size > 0) return;
    process.off('exit', cleanUpAll);
    for (const signal of SIGNALS) process.off(signal, endUnlessTaken);
  };
}

/** How many pieces of work end on a signal by themselves; see {@link untilSignal}. */
let takers = 0;

/**
 * Does work that a signal asks to end, and then ends the process as the signal would have. A second
 * signal ends it at once.
 *
 * @param work gets what says that it is asked to end, with the signal's name as its reason
 */
export async function untilSignal<T>(work: (asked: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const ask = (signal: EndingSignal): void => {
    if (controller.signal.aborted) endBy(signal);
    else controller.abort(signal);
  };
  takers++;
  for (const signal of SIGNALS) process.on(signal, ask);
  try {
    return await work(controller.signal);
  } finally {
    takers--;
    for (const signal of SIGNALS) process.off(signal, ask);
    const { reason } = controller.signal as { reason: EndingSignal | undefined };
    if (reason !== undefined) endBy(reason);
  }
}

function endUnlessTaken(signal: EndingSignal): void {
  if (takers === 0) endBy(signal);
}

/** By the signal itself, so that whoever started the process can tell why it ended. */
function endBy(signal: EndingSignal): void {
  cleanUpAll();
  for (const each of SIGNALS) process.removeAllListeners(each);
  process.kill(process.pid, signal);
}

function cleanUpAll(): void {
  for (const cleanUp of cleanUps) {
    try {
      cleanUp();
    } catch {
      // What is gone already needs no removing.
    }
  }
}
