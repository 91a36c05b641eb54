import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../base/input-error';
import { startTfjsCpu } from '../engines/tfjs/start';
import { fitNormaliser } from '../model/normaliser';
import { smallPlan, smallSet, trainEpochs } from '../testing/small-run';
import { leakWarning, trainOn } from './train-on';
import type { RunPlan } from './run-plan';
import { prepareRun } from './prepare-run';

const engine = await startTfjsCpu();
afterAll(() => {
  engine.dispose();
});

// Another normaliser than the plan's own would be.
const normaliser = fitNormaliser(
  'fixed-log',
  smallPlan.set.rows.map(({ setting }) => setting),
);
const { model, progress } = await prepareRun(smallPlan, engine).then((run) => trainEpochs(run, 2));
const other = { ...model, document: { ...model.document, normaliser } };

describe('trainOn', () => {
  it('begins with the model’s weights and normaliser, and with fresh moments', async () => {
    const run = await prepareRun(trainOn(smallPlan, other), engine);
    const state = await engine.state();
    expect(state.weights).toEqual(model.weights);
    expect([state.step, new Set(state.firstMoment), new Set(state.secondMoment)]).toEqual([
      0,
      new Set([0]),
      new Set([0]),
    ]);
    const { document } = await run.frame();
    expect(document.normaliser).toEqual(normaliser);
    expect(document.run).toMatchObject({
      name: 'A small run, trained on from A small run',
      epochs: 0,
    });
    expect(run.history).toEqual([]);
  });

  it('goes on with a checkpoint’s moments', async () => {
    await prepareRun(trainOn(smallPlan, other, progress), engine);
    const { firstMoment, secondMoment, step } = progress;
    expect(await engine.state()).toEqual({
      weights: model.weights,
      firstMoment,
      secondMoment,
      step,
    });
  });

  it('is resumed as any run', async () => {
    const plan = trainOn(smallPlan, other, progress);
    const whole = await prepareRun(plan, engine).then((run) => trainEpochs(run, 3));
    const first = await prepareRun(plan, engine).then((run) => trainEpochs(run, 1));
    // Whoever resumes it does not have the model that it began with.
    const resumed = { ...smallPlan, name: plan.name };
    const rest = await prepareRun(resumed, engine, first).then((run) => trainEpochs(run, 2));
    expect(rest.model).toEqual(whole.model);
  });

  it('refuses a model of another shape, and names what differs', () => {
    const plan: RunPlan = { ...smallPlan, recipe: { ...smallPlan.recipe, latent: 4, hidden: [9] } };
    expect(() => trainOn(plan, model)).toThrow(
      new InputError(
        'The run cannot begin with this model, which is of another shape: latent is 3 in the model and 4 here; hidden is [8,6] in the model and [9] here.',
      ),
    );
  });

  it('refuses a word head of other words', () => {
    const plan: RunPlan = { ...smallPlan, recipe: { ...smallPlan.recipe, wordHead: true } };
    const { document } = model;
    const headed = { ...model, document: { ...document, spec: { ...document.spec, wordHead: 3 } } };
    expect(trainOn(plan, headed).start?.weights).toBe(model.weights);
    const words = { ...plan, set: { ...smallSet(), words: ['bright', 'cold', 'warm'] } };
    expect(() => trainOn(words, headed)).toThrow(
      'The run cannot begin with this model, whose word head knows other words: bright, dark, warm instead of bright, cold, warm.',
    );
  });

  it('warns where held-out rows may have been learnt from', () => {
    expect(leakWarning(smallPlan, model)).toBeNull();
    const plan = { ...smallPlan, set: { ...smallSet(), splitHash: 'c'.repeat(64) } };
    expect(leakWarning(plan, model)).toMatch(/^The model may have been trained on rows/);
    const { heldOut } = plan.set;
    const all = { ...plan, set: { ...plan.set, heldOut: new Uint8Array(heldOut.length) } };
    expect(leakWarning(all, model)).toBeNull();
  });
});
