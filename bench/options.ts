/** The bench's command line. */
import { readOptions } from '../cli/options/options';
import { PROCESS_OUTPUT } from '../cli/output';
import { InputError } from '../src/base/input-error';
import { PARTS, type Part } from './effort';
import { PEERS, type PeerKind } from './peer';

const HELP = `npm run bench -- [options]

Trains Seed V2 with all peers there are, in turns, and prints what it took.

  --quick           fewer and shorter rounds: a look, no figures to quote
  --only a,b,c      these peers and no others: ${PEERS.map(({ name }) => name).join(', ')}
  --json FILE       where the results go (default bench/results/DATE.json)
  --parts a,b       of all there is to measure, these parts alone: ${PARTS.join(', ')}
  --from A,B        measure nothing; take the results of an earlier run, or of several with
                    different peers: of what two have, those of the first count
  --markdown FILE   write them as a page, too
  --pack FILE       measure nothing; write a .tar.gz that runs the bench on any machine of this kind
  --vulkan-loader FILE  libvulkan.so.1 to go with it, for machines that have none
  --compare OLD     say which ratio of ours is more than 10 % worse than in an earlier run: its JSON, or
                    a folder of such, of which the last on the same kind of machine is taken

Exit status: 0 done, 1 --compare found something worse, 2 something given cannot be used or compared.
PYTHON names the interpreter that has PyTorch (default python3), CHROME_PATH the browser.
`;

export interface BenchOptions {
  readonly quick: boolean;
  readonly kinds: readonly PeerKind[];
  readonly json: string | null;
  readonly from: readonly string[] | null;
  readonly parts: readonly Part[];
  readonly markdown: string | null;
  readonly pack: string | null;
  readonly vulkanLoader: string | null;
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
      parts: { type: 'string' },
      markdown: { type: 'string' },
      pack: { type: 'string' },
      'vulkan-loader': { type: 'string' },
      compare: { type: 'string' },
    },
    PROCESS_OUTPUT,
  );
  if (values === null) return null;
  const { quick, only, parts, json = null, from = null, markdown = null } = values;
  const { pack = null, compare = null } = values;
  const vulkanLoader = values['vulkan-loader'] ?? null;
  const others = [only, parts, json, from, markdown, compare].some(
    (value) => (value ?? null) !== null,
  );
  if (pack !== null && (quick || others)) {
    throw new InputError("Option '--pack' measures nothing: it goes with --vulkan-loader alone.");
  }
  if (vulkanLoader !== null && pack === null) {
    throw new InputError("Option '--vulkan-loader' goes with --pack.");
  }
  if (from !== null && (quick || only !== undefined || parts !== undefined || json !== null)) {
    throw new InputError(
      "Option '--from' measures nothing: it goes with --markdown and --compare alone.",
    );
  }
  return {
    quick,
    kinds: chosenKinds(PEERS, only),
    parts: chosenParts(parts),
    json,
    from: from?.split(',') ?? null,
    markdown,
    compare,
    pack,
    vulkanLoader,
  };
}

function chosenParts(text: string | undefined): readonly Part[] {
  if (text === undefined) return PARTS;
  return text.split(',').map((name) => {
    const part = PARTS.find((its) => its === name.trim());
    if (part === undefined) {
      throw new InputError(
        `Option '--parts' names "${name}", which is none of ${PARTS.join(', ')}.`,
      );
    }
    return part;
  });
}

/**
 * @param peers all there are
 * @param only  names with commas between them; left out: all
 * @throws InputError naming one that there is not
 */
export function chosenKinds(
  peers: readonly PeerKind[],
  only: string | undefined,
): readonly PeerKind[] {
  if (only === undefined) return peers;
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !peers.some((kind) => kind.name === name));
  if (unknown !== undefined) {
    const all = peers.map(({ name }) => name).join(', ');
    throw new InputError(`Option '--only' names "${unknown}", which is none of ${all}.`);
  }
  return peers.filter(({ name }) => names.includes(name));
}
