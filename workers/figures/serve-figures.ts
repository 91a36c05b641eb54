/** A thread beside the training worker: takes a run's figures while it trains on. */
import { InputError } from '../../src/base/input-error';
import { figuresHere, type FigureTaker } from '../../src/training/figures';
import {
  unpackPlan,
  type FigureAnswer,
  type FigureRequest,
  type ToFigures,
} from './figure-messages';

/** @returns what takes the training worker's messages */
export function serveFigures(
  post: (answer: FigureAnswer) => void,
): (event: MessageEvent<ToFigures>) => Promise<void> {
  let taker: FigureTaker | null = null;
  return async ({ data }) => {
    if (data.type === 'plan') {
      taker = figuresHere(unpackPlan(data.plan));
      return;
    }
    post(await answer(taker, data));
  };
}

async function answer(taker: FigureTaker | null, request: FigureRequest): Promise<FigureAnswer> {
  try {
    if (taker === null) throw new InputError('Figures were asked for before their rows came.');
    return request.type === 'clusters'
      ? { type: 'clusters', clusters: await taker.clusters() }
      : { type: 'measure', scoreboard: await taker.measure(request.outcome) };
  } catch (error) {
    return { type: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}
