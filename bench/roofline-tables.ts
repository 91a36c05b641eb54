/** What a step asks of a graphics card, and what cards should make of it, as tables. */
import { CARDS, predict, seedDispatches } from './roofline';
import { figure, type Table } from './tables';

/** Steps of the Seed V2 run. */
const RUN_STEPS = 3150;

/** Each dispatch of a step of the Seed V2 run, and their sum. */
export function dispatchTable(): Table {
  const dispatches = seedDispatches();
  const sum = (of: 'flop' | 'bytes' | 'leastBytes' | 'barriers' | 'trips'): number =>
    dispatches.reduce((all, dispatch) => all + dispatch[of], 0);
  const cells = (flop: number, least: number, bytes: number, barriers: number, trips: number) => [
    figure(flop / 1e6),
    figure(least / 1e3),
    figure(bytes / 1e3),
    figure(barriers),
    figure(trips),
  ];
  return [
    ['dispatch', 'workgroups', 'MFLOP', 'kB at least', 'kB asked for', 'barriers', 'waits'],
    ...dispatches.map(({ phase, workgroups, flop, leastBytes, bytes, barriers, trips }) => [
      phase,
      figure(workgroups),
      ...cells(flop, leastBytes, bytes, barriers, trips),
    ]),
    [
      `a step: ${String(dispatches.length)} dispatches`,
      '',
      ...cells(sum('flop'), sum('leastBytes'), sum('bytes'), sum('barriers'), sum('trips')),
    ],
  ];
}

/** Of each card, parts of a step in microseconds, and the two ends of what it should take. */
export function cardTable(): Table {
  const dispatches = seedDispatches();
  const micro = (seconds: number): string => figure(1e6 * seconds);
  const between = (least: number, most: number): string => `${figure(least)} – ${figure(most)}`;
  return [
    [
      'card',
      ...['launches, µs', 'arithmetic, µs', 'memory, µs', 'waits, µs'],
      ...['ms a step', 'Seed V2 run, s'],
    ],
    ...CARDS.map((card) => {
      const { launches, arithmetic, memoryLeast, memoryMost, waits, least, most } = predict(
        card,
        dispatches,
      );
      return [
        card.name,
        micro(launches),
        micro(arithmetic),
        between(1e6 * memoryLeast, 1e6 * memoryMost),
        micro(waits),
        between(1000 * least, 1000 * most),
        between(RUN_STEPS * least, RUN_STEPS * most),
      ];
    }),
  ];
}
