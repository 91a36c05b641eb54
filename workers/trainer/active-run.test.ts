import { afterAll, describe, expect, it, vi } from 'vitest';
import { createEngine } from '../../src/engines/create-engine';
import type { Engine } from '../../src/engines/engine';
import { figuresHere, type FigureTaker } from '../../src/training/figures';
import { smallPlan, WatchedEngine } from '../../src/testing/small-run';
import { EMPTY_TIMELINE } from '../../src/timeline/timeline';
import { ActiveRun } from './active-run';
import type { Emit } from './emit';
import { EngineRoom } from './engine-room';
import type { EventOf, TrainerEvent } from './messages';

const { engine } = await createEngine('tfjs-wasm');
afterAll(() => {
  engine.dispose();
});

const eventually = (holds: () => void): Promise<void> => vi.waitFor(holds, { timeout: 20_000 });

class FailingEngine extends WatchedEngine {
  broken = false;

  override decode(latents: Float32Array): Promise<Float32Array> {
    return this.broken ? Promise.reject(new Error('No answer.')) : super.decode(latents);
  }
}

class OneEngine extends EngineRoom {
  readonly #engine: Engine;

  constructor(emit: Emit, its: Engine) {
    super(emit);
    this.#engine = its;
  }

  override engine() {
    return Promise.resolve(this.#engine);
  }
}

/** Figures that never come before `held` is false, of an engine that can be broken. */
function setUp() {
  const events: TrainerEvent[] = [];
  const emit = (event: TrainerEvent): void => {
    events.push(event);
  };
  const figures = { held: true, given: 0 };
  const failing = new FailingEngine(engine);
  const run = new ActiveRun(
    'a',
    { ...smallPlan, recipe: { ...smallPlan.recipe, epochs: 2 } },
    { checkpoint: null, timeline: EMPTY_TIMELINE, savedAs: null, keepData: null },
    () => undefined,
    {
      emit,
      engines: new OneEngine(emit, failing),
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
  return { run, figures, engine: failing, phases, shares, eventsOf };
}

/** Trains an epoch, and gives its figures up. */
async function pausedWithout({ run, phases, eventsOf }: ReturnType<typeof setUp>): Promise<void> {
  run.command('step');
  await eventually(() => {
    expect(eventsOf('epoch')).toHaveLength(1);
  });
  run.cancelMeasuring();
  await eventually(() => {
    expect(phases().at(-1)).toBe('paused');
  });
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

  it('loads another engine to have them, where it is given up and changed while paused', async () => {
    const set = setUp();
    const { run, figures, phases, shares, eventsOf } = set;
    await pausedWithout(set);
    run.command(await run.leaveEngine());
    await run.settle();
    figures.held = false;
    run.measure();
    await eventually(() => {
      expect(shares()).toEqual(['cancelled', 0, null]);
    });
    await eventually(() => {
      expect(phases().at(-1)).toBe('paused');
    });
    expect(eventsOf('epoch')).toHaveLength(1);
    await run.close();
  });

  it('takes a cancel while the engine for them is still loaded', async () => {
    const set = setUp();
    const { run, figures, shares } = set;
    await pausedWithout(set);
    run.command(await run.leaveEngine());
    await run.settle();
    const before = figures.given;
    run.measure();
    run.cancelMeasuring();
    await run.settle();
    expect(shares()).toEqual(['cancelled', 0, 'cancelled']);
    expect(figures.given).toBe(before);
    await run.close();
  });

  it('shows none any more where the engine fails while they are begun', async () => {
    const set = setUp();
    const { run, engine: failing, shares, eventsOf } = set;
    await pausedWithout(set);
    failing.broken = true;
    run.measure();
    await eventually(() => {
      expect(eventsOf('trouble').some(({ fatal }) => fatal)).toBe(true);
    });
    expect(shares()).toEqual(['cancelled', 0, null]);
    await run.close();
  });
});
