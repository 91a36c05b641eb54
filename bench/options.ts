/** The bench's command line. */
import { readOptions } from '../cli/options/options';
import { PROCESS_OUTPUT } from '../cli/output';
import { InputError } from '../src/base/input-error';
import { PEERS, type PeerKind } from './peer';

const HELP = `npm run bench -- [options]

Trains Seed V2 with all peers there are, in turns, and prints what it took.

  --quick           fewer and shorter rounds: a look, no figures to quote
  --only a,b,c      these peers and no others: ${PEERS.map(({ name }) => name).join(', ')}
  --json FILE       where the results go (default bench/results/DATE.json)
  --from FILE       measure nothing; take the results of an earlier run
  --markdown FILE   write them as a page, too
  --compare OLD     say which ratio of ours is more than 10 % worse than in an earlier run: its JSON, or
                    a folder of such, of which the last on the same kind of machine is taken

Exit status: 0 done, 1 --compare found something worse, 2 something given cannot be used or compared.
PYTHON names the interpreter that has PyTorch (default python3), CHROME_PATH the browser.
`;

export interface BenchOptions {
  readonly quick: boolean;
  readonly kinds: readonly PeerKind[];
  readonly json: string | null;
  readonly from: string | null;
  readonly markdown: string | null;
  readonly compare: string | null;
}

/**
 * @returns null when help was asked for, and given
 * @throws InputError naming an option that cannot be used
 */
export function benchOptions(args: readonly string[]): BenchOptions | null {
  const values = readOptions(
    args,
    HELP,
    {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      json: { type: 'string' },
      from: { type: 'string' },
      markdown: { type: 'string' },
      compare: { type: 'string' },
    },
    PROCESS_OUTPUT,
  );
  if (values === null) return null;
  const { quick, only, json = null, from = null, markdown = null, compare = null } = values;
  if (from !== null && (quick || only !== undefined || json !== null)) {
    throw new InputError(
      "Option '--from' measures nothing: it goes with --markdown and --compare alone.",
    );
  }
  return { quick, kinds: chosenKinds(only), json, from, markdown, compare };
}

function chosenKinds(only: string | undefined): readonly PeerKind[] {
  if (only === undefined) return PEERS;
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !PEERS.some((kind) => kind.name === name));
  if (unknown !== undefined) {
    const all = PEERS.map(({ name }) => name).join(', ');
    throw new InputError(`Option '--only' names "${unknown}", which is none of ${all}.`);
  }
  return PEERS.filter(({ name }) => names.includes(name));
}
