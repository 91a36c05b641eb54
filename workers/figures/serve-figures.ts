/** A thread beside the training worker: takes a run's figures while it trains on. */
import { InputError } from '../../src/base/input-error';
import type { OnShare } from '../../src/base/share';
import { figuresHere, type FigureTaker } from '../../src/training/figures';
import {
  unpackPlan,
  type FigureAnswer,
  type FigureRequest,
  type FromFigures,
  type ToFigures,
} from './figure-messages';

/** @returns what takes the training worker's messages */
export function serveFigures(
  post: (message: FromFigures) => void,
): (event: MessageEvent<ToFigures>) => Promise<void> {
  let taker: FigureTaker | null = null;
  return async ({ data }) => {
    if (data.type === 'plan') {
      taker = figuresHere(unpackPlan(data.plan));
      return;
    }
    const onShare: OnShare = (share) => {
      post({ type: 'share', share });
    };
    post(await answer(taker, data, onShare));
  };
}

async function answer(
  taker: FigureTaker | null,
  request: FigureRequest,
  onShare: OnShare,
): Promise<FigureAnswer> {
  try {
    if (taker === null) throw new InputError('Figures were asked for before their rows came.');
    return request.type === 'clusters'
      ? { type: 'clusters', clusters: await taker.clusters(onShare) }
      : { type: 'measure', scoreboard: await taker.measure(request.outcome, onShare) };
  } catch (error) {
    return { type: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}
