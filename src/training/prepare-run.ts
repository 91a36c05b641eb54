/** Sets a run up: its normaliser, the weights that it begins with, and its engine. */
import { pickRows } from '../math/pick-rows';
import { SampleOf, sampleRows } from '../math/sample-rows';
import type { ScorerPlan } from '../analysis/scoreboard/scoreboard';
import type { Engine } from '../engines/engine';
import { rememberedResponses } from '../eq/response-grid';
import type { OnShare } from '../base/share';
import { beginLatentSkip, initialWeights } from '../model/initialise';
import { encoderInputs, inputWidth } from '../model/inputs';
import { fitNormaliser } from '../model/normaliser';
import { figuresHere, RunFigures, type FigureTaker } from './figures';
import { examplesOf, stepSettings } from './rows/examples';
import { learntRows } from './rows/learnt-rows';
import type { TrainingCheckpoint } from './progress';
import type { ModelSpec } from '../recipe/model-spec';
import { specOf } from '../recipe/recipe';
import { Run, type PreparedRun } from './run';
import { checkSameRun, checkStopping, type RunPlan } from './run-plan';

export interface RunOptions {
  /**
   * false leaves the map alone until a frame is asked for: weights and figures are the same, and the
   * map may be turned another way.
   */
  readonly follow?: boolean;
  /** What takes the figures; this thread where left out. */
  readonly figures?: (plan: ScorerPlan) => FigureTaker;
  /** Is given how much of the figures is taken: 0 when they are begun, 1 at their end. */
  readonly onMeasuring?: OnShare;
}

/**
 * Sets a run up: fits the normaliser to the training rows, those kept for validation included, and
 * loads the engine with the weights and with the rows that are learnt from alone.
 *
 * Following the map after each epoch takes a third of the arithmetic's time again.
 *
 * @param from   where to go on from; null starts from the plan's starting point, or counted random
 *   weights
 * @throws InputError where `from` is of another data set or split, or the run should stop early and
 *   has no validation rows to tell when
 */
export async function prepareRun(
  plan: RunPlan,
  engine: Engine,
  from: TrainingCheckpoint | null = null,
  { follow = true, figures = figuresHere, onMeasuring }: RunOptions = {},
): Promise<Run> {
  const { recipe, set, start } = plan;
  if (from !== null) checkSameRun(plan, from.model.document);
  checkStopping(plan);
  const spec = specOf(recipe, set.words.length);
  const settings = set.rows.map(({ setting }) => setting);
  const normaliser =
    from?.model.document.normaliser ??
    start?.normaliser ??
    fitNormaliser(
      recipe.normaliser,
      settings.filter((_, row) => set.heldOut[row] === 0),
    );
  const responsesOf = rememberedResponses();
  const inputs = encoderInputs(spec, settings, normaliser, responsesOf);

  const learnt = learntRows(set, recipe, responsesOf);
  const examples = examplesOf(recipe, normaliser, learnt, responsesOf);
  const weights =
    from?.model.weights ??
    start?.weights ??
    firstWeights(spec, recipe.seed, examples.inputs, learnt.people);
  const optimiser = from?.progress ?? start?.moments;
  await engine.load(
    spec,
    {
      weights,
      firstMoment: optimiser?.firstMoment ?? new Float32Array(weights.length),
      secondMoment: optimiser?.secondMoment ?? new Float32Array(weights.length),
      step: optimiser?.step ?? 0,
    },
    examples,
    stepSettings(recipe, normaliser),
    follow ? inputs : undefined,
  );
  const firstLatents = await firstLatentsOf(engine, weights, inputs);
  const projection = from?.model.map ?? null;
  const taker = figures({ set, normaliser, latent: recipe.latent, split: recipe.split });
  const runFigures = new RunFigures(taker, set, onMeasuring);
  const rows = { labels: learnt.labels, people: learnt.people };
  const prepared = {
    normaliser,
    inputs,
    rows,
    firstLatents,
    projection,
    follow,
    figures: runFigures,
  };
  return new Run(plan, engine, prepared, from?.progress ?? null);
}

/** Rows whose principal components a linear skip begins with, at most: of more, they hardly change. */
const MOST_ALONG_COMPONENTS = 10_000;

/** Of a new run; a linear skip to the latent begins with what people's rows vary along. */
function firstWeights(
  spec: ModelSpec,
  seed: number,
  inputs: Float32Array,
  people: number,
): Float32Array {
  const weights = initialWeights(spec, seed);
  if (spec.latentSkip) {
    const all = Array.from({ length: people }, (_, row) => row);
    const rows = sampleRows(all, MOST_ALONG_COMPONENTS, SampleOf.components);
    beginLatentSkip(weights, spec, pickRows(inputs, inputWidth(spec), rows));
  }
  return weights;
}

/**
 * Latents of all rows by the weights that a run begins with. To encode a hundred thousand rows takes
 * most of a second, so it waits until they are needed, where the engine can do that after training
 * has changed the weights.
 */
async function firstLatentsOf(
  engine: Engine,
  weights: Float32Array,
  inputs: Float32Array,
): Promise<PreparedRun['firstLatents']> {
  const encodeBy = engine.encodeBy?.bind(engine);
  if (encodeBy !== undefined) return () => encodeBy(weights, inputs);
  const latents = await engine.encode(inputs);
  return () => Promise.resolve(latents);
}
