/** Runs the engines' numerical checks in a browser's worker: one question, one answer. */
import { createEngine } from '../../../src/engines/create-engine';
import type { Engine, EpochPlan, TrainingState } from '../../../src/engines/engine';
import { WASM_PATHS } from '../../../src/engines/tfjs/wasm-paths';
import { initialWeights } from '../../../src/model/initialise';
import type { ModelSpec } from '../../../src/recipe/model-spec';
import { Stream, randomPermutation, randomUniform } from '../../../src/math/threefry';
import { beyond, goldenErrors } from '../../../src/testing/golden-check';
import { gradientErrors } from '../../../src/testing/gradient-errors';
import { SMALL_SPEC } from '../../../src/testing/small-spec';
import { CASES } from '../../../src/testing/spec-grid';
import { KEEPING, type Answer, type Question } from './questions';

/** One batch: SwiftShader needs about a second a step. */
const ROWS = 8;
const SPEC: ModelSpec = { ...SMALL_SPEC, hidden: [6, 8, 8], projection: 4 };

/** Of as few kernels as can be, where only devices matter: each takes a tenth of a second to compile. */
const LEAST_SPEC: ModelSpec = {
  ...SPEC,
  hidden: [6],
  projection: null,
  body: 'plain',
  normalisation: 'none',
};

/** The GPU devices that were asked for, so that one can be taken away. */
const devices: GPUDevice[] = [];
if ('gpu' in navigator) {
  const request = Reflect.get(GPUAdapter.prototype, 'requestDevice');
  GPUAdapter.prototype.requestDevice = async function (...given) {
    const device = await request.apply(this, given);
    devices.push(device);
    return device;
  };
}

self.onmessage = (event: MessageEvent<Question>): void => {
  // A failure becomes an error event of the worker.
  void answer(event.data).then((result) => {
    self.postMessage(result);
  }, reportError);
};

function reportError(error: unknown): void {
  setTimeout(() => {
    throw error;
  });
}

type Created = Awaited<ReturnType<typeof createEngine>>;

/** The engine that is kept; a worker is asked for one choice alone. */
let kept: Promise<Created> | null = null;

async function answer(question: Question): Promise<Answer> {
  const create = (): Promise<Created> => createEngine(question.choice, { wasmPaths: WASM_PATHS });
  const keeps = KEEPING.has(question.type);
  const { engine, reason } = await (keeps ? (kept ??= create()) : create());
  let disagreements: string[] | null = null;
  let sameBits: boolean | null = null;
  let thrown: string | null = null;
  const successors: string[] = [];
  let devicesSoFar: number[] = [];
  switch (question.type) {
    case 'golden': {
      const response = await fetch(question.file);
      const errors = await goldenErrors(new Uint8Array(await response.arrayBuffer()), engine);
      disagreements = beyond(errors);
      break;
    }
    case 'gradients':
      disagreements = await gradientsBeyond(engine, question.cases, question.tolerance);
      break;
    case 'resume':
      sameBits = await resumesWithTheSameBits(engine);
      break;
    case 'lose':
      thrown = await whatLosingThrows(engine);
      break;
    case 'share':
      devicesSoFar = await devicesOfTwo(engine);
      break;
    case 'choose':
  }
  if (!keeps && question.type !== 'share') engine.dispose();
  if (question.type === 'lose') {
    for (const choice of ['tfjs-wasm', 'tfjs-webgpu', 'tfjs-webgpu'] as const) {
      const next = await createEngine(choice, { wasmPaths: WASM_PATHS });
      const { step } = await trainOne(next.engine);
      if (step === 1) successors.push(next.engine.description.name);
      next.engine.dispose();
    }
  }
  const { name } = engine.description;
  const devices = devicesSoFar;
  return { name, reason, disagreements, sameBits, thrown, successors, devices };
}

/** The named cases of the spec grid whose gradients are further from float64 than that. */
async function gradientsBeyond(
  engine: Engine,
  names: readonly string[],
  tolerance: number,
): Promise<string[]> {
  const found: string[] = [];
  for (const [name, task] of CASES.filter(([name]) => names.includes(name))) {
    const { tensor } = await gradientErrors(engine, task);
    if (!(tensor.error < tolerance)) {
      found.push(`${name}, ${tensor.name}: off by ${tensor.error.toExponential(2)}`);
    }
  }
  return found;
}

/** Trains on the tfjs engine and the fused one at once, then on each without the other; ends both. */
async function devicesOfTwo(plain: Engine): Promise<number[]> {
  const asked: number[] = [];
  const fused = await createEngine('webgpu');
  const states = await Promise.all([plain, fused.engine].map((engine) => trainOne(engine)));
  checkAlike(states);
  asked.push(devices.length);
  fused.engine.dispose();
  checkAlike([await trainOne(plain), ...states]);
  asked.push(devices.length);
  const again = await createEngine('webgpu');
  asked.push(devices.length);
  plain.dispose();
  checkAlike([await trainOne(again.engine), ...states]);
  again.engine.dispose();
  const anew = await createEngine('webgpu');
  checkAlike([await trainOne(anew.engine), ...states]);
  anew.engine.dispose();
  asked.push(devices.length);
  return asked;
}

/** @throws Error where the gradients of a first step are not the same up to rounding */
function checkAlike([first, ...others]: readonly TrainingState[]): void {
  for (const other of others) {
    const far = first?.firstMoment.some(
      (moment, i) => !(Math.abs(moment - (other.firstMoment[i] ?? Number.NaN)) < 1e-6),
    );
    if (far !== false) throw new Error('The engines do not agree.');
  }
}

async function resumesWithTheSameBits(engine: Engine): Promise<boolean> {
  const whole = await train(engine, SPEC, 0, 2, freshState(SPEC));
  const half = await train(engine, SPEC, 0, 1, freshState(SPEC));
  const resumed = await train(engine, SPEC, 1, 2, half);
  return (
    whole.weights.some((weight, i) => weight !== half.weights[i]) &&
    whole.weights.every((weight, i) => weight === resumed.weights[i]) &&
    whole.firstMoment.every((moment, i) => moment === resumed.firstMoment[i]) &&
    whole.secondMoment.every((moment, i) => moment === resumed.secondMoment[i])
  );
}

async function whatLosingThrows(engine: Engine): Promise<string | null> {
  await trainOne(engine);
  devices.at(-1)?.destroy();
  try {
    await engine.trainEpoch(planOf(1));
    return null;
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

/** One step of a model of few kernels. */
function trainOne(engine: Engine): Promise<TrainingState> {
  return train(engine, LEAST_SPEC, 0, 1, freshState(LEAST_SPEC));
}

async function train(
  engine: Engine,
  spec: ModelSpec,
  from: number,
  to: number,
  state: TrainingState,
): Promise<TrainingState> {
  const examples = {
    rows: ROWS,
    inputs: Float32Array.from({ length: ROWS * 13 }, (_, i) =>
      randomUniform(3, Stream.sample, 0, i),
    ),
    labels: Int32Array.from({ length: ROWS }, (_, row) => row % 3),
  };
  const settings = {
    batchSize: ROWS,
    dropout: 0.25,
    temperature: 0.1,
    contrastiveSelf: true,
    reconstruction: 'mse' as const,
    columns: [],
    weightDecay: 0,
    beta2: 0.999,
    seed: 7,
  };
  await engine.load(spec, state, examples, settings);
  for (let epoch = from; epoch < to; epoch++) await engine.trainEpoch(planOf(epoch));
  return engine.state();
}

function planOf(epoch: number): EpochPlan {
  const order = randomPermutation(1, Stream.shuffle, epoch, ROWS);
  return { order, learningRate: 0.01, contrastiveWeight: 0.3, klWeight: 0 };
}

function freshState(spec: ModelSpec): TrainingState {
  const weights = initialWeights(spec, 11);
  const zeros = new Float32Array(weights.length);
  return { weights, firstMoment: zeros, secondMoment: zeros, step: 0 };
}
