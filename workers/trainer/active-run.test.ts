import { afterAll, describe, expect, it, vi } from 'vitest';
import { createEngine } from '../../src/engines/create-engine';
import { figuresHere, type FigureTaker } from '../../src/training/figures';
import { smallPlan } from '../../src/testing/small-run';
import { ActiveRun } from './active-run';
import { EngineRoom } from './engine-room';
import type { EventOf, TrainerEvent } from './messages';

const { engine } = await createEngine('tfjs-wasm');
afterAll(() => {
  engine.dispose();
});

const eventually = (holds: () => void): Promise<void> => vi.waitFor(holds, { timeout: 20_000 });

class OneEngine extends EngineRoom {
  override engine() {
    return Promise.resolve(engine);
  }
}

/** Figures that never come before `held` is false. */
function setUp() {
  const events: TrainerEvent[] = [];
  const emit = (event: TrainerEvent): void => {
    events.push(event);
  };
  const figures = { held: true, given: 0 };
  const run = new ActiveRun(
    'a',
    { ...smallPlan, recipe: { ...smallPlan.recipe, epochs: 2 } },
    { checkpoint: null, savedAs: null, keepData: null },
    () => undefined,
    {
      emit,
      engines: new OneEngine(emit),
      figures: (plan): FigureTaker => {
        const here = figuresHere(plan);
        return {
          ...here,
          measure: (...asked) => {
            figures.given++;
            return figures.held ? new Promise(() => undefined) : here.measure(...asked);
          },
        };
      },
      show: () => undefined,
      listChanged: () => Promise.resolve(),
    },
  );
  const eventsOf = <Type extends TrainerEvent['type']>(type: Type): EventOf<Type>[] =>
    events.filter((event): event is EventOf<Type> => event.type === type);
  const phases = () => eventsOf('phase').map(({ phase }) => phase);
  /** Without those between 0 and 1, which a slow machine brings. */
  const shares = () =>
    eventsOf('measuring')
      .map(({ share }) => share)
      .filter((share) => typeof share !== 'number' || share === 0);
  return { run, figures, phases, shares, eventsOf };
}

describe('a run whose figures take their time', () => {
  it('ends without them where they are given up, and has them after all', async () => {
    const { run, figures, phases, shares, eventsOf } = setUp();
    run.command('train');
    await eventually(() => {
      expect(eventsOf('epoch')).toHaveLength(2);
    });
    expect(phases()).not.toContain('done');
    run.cancelMeasuring();
    await eventually(() => {
      expect(phases()).toContain('done');
    });
    expect(shares()).toEqual(['cancelled']);

    figures.held = false;
    const before = figures.given;
    run.measure();
    await eventually(() => {
      expect(shares()).toEqual(['cancelled', 0, null]);
    });
    expect(figures.given).toBe(before + 1);
    // There is nothing left to give up, or to measure.
    await run.settle();
    run.cancelMeasuring();
    run.measure();
    expect(shares()).toHaveLength(3);
    await run.close();
  });
});
