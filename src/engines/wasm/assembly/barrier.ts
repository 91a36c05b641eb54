/** Threads wait for one another between phases. */
import { barrierWords, threads } from './step';

/** Looks at the word so often, some tenths of a millisecond, before it sleeps: waking takes long. */
const SPINS = 200000;

/**
 * Goes on when every thread has come here. Two words: how many have come, and how often all have.
 */
export function barrier(): void {
  if (!ASC_FEATURE_THREADS) return;
  if (threads == 1) return;
  const round = atomic.load<i32>(barrierWords, 4);
  if (atomic.add<i32>(barrierWords, 1) == threads - 1) {
    atomic.store<i32>(barrierWords, 0);
    atomic.add<i32>(barrierWords, 1, 4);
    atomic.notify(barrierWords + 4, threads);
    return;
  }
  for (let spin = 0; spin < SPINS; spin++) {
    if (atomic.load<i32>(barrierWords, 4) != round) return;
  }
  while (atomic.load<i32>(barrierWords, 4) == round) {
    atomic.wait<i32>(barrierWords + 4, round, -1);
  }
}
