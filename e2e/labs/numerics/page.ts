/** A page that passes questions on to workers, as the real page does with its own. */
import type { EngineChoice } from '../../../src/engines/engine-choice';
import { within } from '../../within';
import { KEEPING, type Answer, type Question } from './questions';

declare global {
  interface Window {
    ask: (question: Question) => Promise<Answer>;
  }
}

/** Longest that an answer may take: some are ten steps, each a second on SwiftShader at its best. */
const ANSWER_MS = 240_000;

/**
 * The workers of questions that leave their engine as it was, by its choice: to compile all that a step
 * needs takes longer than most steps on SwiftShader.
 */
const kept = new Map<EngineChoice, Worker>();

function newWorker(): Worker {
  return new Worker(new URL('./numerics.worker.ts', import.meta.url), { type: 'module' });
}

/** Asks the worker that has the engine, a fresh one where the question harms engines or counts devices. */
window.ask = (question) => {
  const { choice } = question;
  const keeps = KEEPING.has(question.type);
  const worker = (keeps ? kept.get(choice) : undefined) ?? newWorker();
  if (keeps) kept.set(choice, worker);
  const answer = new Promise<Answer>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      resolve(data);
    };
    worker.onerror = (event) => {
      reject(new Error(event.message));
    };
  });
  worker.postMessage(question);
  const answered = within(ANSWER_MS, `the answer to ${JSON.stringify(question)}`, answer);
  if (keeps) {
    // After a failure nobody knows how the engine is left.
    return answered.catch((error: unknown) => {
      worker.terminate();
      kept.delete(choice);
      throw error;
    });
  }
  return answered.finally(() => {
    worker.terminate();
  });
};
