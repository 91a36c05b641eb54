/** What each run of a session does in a dispatch, as the kernels read it. */
import type { EpochPlan, StepSettings } from '../engine';
import type { StepValues } from '../tape/step-values';

/** A run's step of an epoch, or a chunk of rows that it encodes or decodes. */
export interface Order extends Pick<StepValues, 'first' | 'rows'> {
  /** Number of the run in its session. */
  readonly run: number;
  /** Where its results go, in floats. */
  readonly result: number;
  readonly settings: StepSettings;
  /** Left out where nothing is trained. */
  readonly step?: StepValues;
  /** What the losses weigh. */
  readonly weights?: Pick<EpochPlan, 'contrastiveWeight' | 'klWeight'>;
  /** How many row numbers there are before the noise. */
  readonly noise?: number;
}

/** Bytes of struct Step in bindings.wgsl. */
const STEP_BYTES = 72;

/** Where dynamic offsets may begin: at multiples of what every device allows. */
const ALIGNMENT = 256;

export interface OrderTable {
  readonly data: ArrayBuffer;
  /** Bytes from the turns of one dispatch to those of the next. */
  readonly stride: number;
}

/** @param dispatches the turns of each dispatch */
export function tableOf(dispatches: readonly (readonly Order[])[]): OrderTable {
  const most = Math.max(...dispatches.map((orders) => orders.length));
  const stride = Math.ceil((most * STEP_BYTES) / ALIGNMENT) * ALIGNMENT;
  const data = new ArrayBuffer(dispatches.length * stride);
  dispatches.forEach((orders, i) => {
    orders.forEach((order, k) => {
      writeOrder(new DataView(data, i * stride + k * STEP_BYTES, STEP_BYTES), order);
    });
  });
  return { data, stride };
}

function writeOrder(view: DataView, order: Order): void {
  const { run, first, rows, result, step, weights, noise = 0 } = order;
  const { temperature, contrastiveSelf, seed, dropout } = order.settings;
  [first, rows, step?.step ?? 0, result].forEach((value, i) => {
    view.setUint32(4 * i, value, true);
  });
  const { stepSize = 0, secondScale = 1, kept = 1, beta2 = 0 } = step ?? {};
  [stepSize, secondScale, weights?.contrastiveWeight ?? 0, temperature].forEach((value, i) => {
    view.setFloat32(16 + 4 * i, value, true);
  });
  view.setUint32(32, seed, true);
  view.setUint32(36, Math.round(dropout * 2 ** 24), true);
  view.setFloat32(40, 1 / (1 - dropout), true);
  view.setUint32(44, contrastiveSelf ? 1 : 0, true);
  view.setUint32(48, run, true);
  view.setFloat32(52, weights?.klWeight ?? 0, true);
  view.setUint32(56, noise, true);
  view.setFloat32(60, kept, true);
  view.setFloat32(64, beta2, true);
  view.setFloat32(68, 1 - beta2, true);
}
