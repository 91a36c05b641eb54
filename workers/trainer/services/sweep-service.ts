/** The sweep that trains, if one does. */
import { InputError } from '../../../src/base/input-error';
import { expandSweep } from '../../../src/training/sweep/sweep';
import { planSweep } from '../../../src/training/sweep/train-sweep';
import { ActiveSweep } from '../active-sweep';
import type { Emit } from '../emit';
import type { EngineRoom } from '../engine-room';
import type { CommandOf } from '../messages';
import type { DataService } from './data-service';
import type { RunList } from './run-list';
import type { RunService } from './run-service';

interface SweepServices {
  readonly emit: Emit;
  readonly engines: EngineRoom;
  readonly data: DataService;
  readonly runs: RunService;
  readonly list: RunList;
}

export class SweepService {
  readonly #services: SweepServices;
  /** The last one, ended or not. */
  #sweep: ActiveSweep | null = null;

  constructor(services: SweepServices) {
    this.#services = services;
  }

  async start({ words, recipe, vary }: CommandOf<'start-sweep'>): Promise<void> {
    const { emit, engines, data: dataService, runs: runService, list } = this.#services;
    const data = dataService.loaded();
    const runs = expandSweep({ recipe, vary });
    const plans = await planSweep(runs, data, words);
    // The run that trains waits, so that the sweep has the device for itself.
    await runService.settle();
    await dataService.keep(data);
    this.#sweep = new ActiveSweep(runs, plans, { emit, listChanged: () => list.changed() });
    void this.#sweep.train(engines.choice);
  }

  stop(): void {
    if (this.#sweep?.ended !== false) throw new InputError('No sweep is training.');
    this.#sweep.stop();
  }

  /** @throws InputError while a sweep trains: nothing else can be trained then */
  refuseWhileTraining(): void {
    if (this.#sweep?.ended === false) {
      throw new InputError('A sweep is training: wait for its end, or stop it first.');
    }
  }
}
