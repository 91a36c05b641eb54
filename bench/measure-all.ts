/** A whole run of the bench, with what it ran on. */
import type { Effort } from './effort';
import type { Hosts } from './hosts';
import { describeMachine, loadNow } from './machine';
import { measure } from './measure';
import type { PeerKind } from './peer';
import type { Results } from './results';
import type { Data } from './work';

/** @param quick whether the figures are none to quote */
export async function measureAll(
  kinds: readonly PeerKind[],
  hosts: Hosts,
  data: Data,
  effort: Effort,
  quick: boolean,
): Promise<Results> {
  const date = new Date();
  const load = loadNow();
  const seconds = (): number => (Date.now() - date.getTime()) / 1000;
  const measured = await measure(kinds, hosts, data, effort, (what) => {
    console.error(`${seconds().toFixed(0).padStart(4)} s  ${what}`);
  });
  return {
    version: 1,
    date: date.toISOString(),
    quick,
    seconds: seconds(),
    machine: await describeMachine(hosts, load),
    data: { real: data.real, rows: data.examples.rows, words: data.words },
    ...measured,
  };
}
