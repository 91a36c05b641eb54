/** The command line of the unpacked kit. */
import { readOptions } from '../../cli/options/options';
import { PROCESS_OUTPUT } from '../../cli/output';
import { FULL, QUICK, TINY, type Effort } from '../effort';
import { chosenKinds } from '../options';
import { PEERS, type PeerKind, type PeerName } from '../peer';

/** The peers that need neither browser nor packages, and where they run here. */
const HOSTS: Partial<Record<PeerName, PeerKind['host']>> = {
  'fused-webgpu': 'Node',
  'fused-wasm-1': 'Node',
  'fused-wasm-2': 'Node',
  'torch-cpu-1': 'Python',
  'torch-cpu-2': 'Python',
  'torch-cuda': 'Python',
  'torch-cuda-compiled': 'Python',
  jax: 'Python',
};

const KIT_PEERS: readonly PeerKind[] = PEERS.flatMap((kind) => {
  const host = HOSTS[kind.name];
  return host === undefined ? [] : [{ ...kind, host }];
});

const HELP = `./run [options]

Trains with everybody this machine has, in turns, prints what it took, and writes it as JSON.

  --icd FILE     the Vulkan driver's JSON (default: those installed, else a browser's software)
  --json FILE    where the results go (default warmbright-bench.json in this folder)
  --only a,b,c   these peers and no others: ${KIT_PEERS.map(({ name }) => name).join(', ')}
  --quick        fewer and shorter rounds: a look, no figures to quote
  --tiny         hardly any: shows whether everything works

PYTHON names the interpreter that has PyTorch and jax (default: python3, then /usr/bin/python3).
On a checkout, npm run bench -- --from FILE --markdown BENCHMARKS.md makes a page of the results.
`;

export interface KitOptions {
  readonly icd: string | null;
  readonly json: string;
  readonly kinds: readonly PeerKind[];
  /** Whether the figures are none to quote. */
  readonly quick: boolean;
  readonly effort: Effort;
}

/**
 * @returns null when help was asked for, and given
 * @throws InputError naming an option that cannot be used
 */
export function kitOptions(args: readonly string[]): KitOptions | null {
  const values = readOptions(
    args,
    HELP,
    {
      icd: { type: 'string' },
      json: { type: 'string', default: 'warmbright-bench.json' },
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      tiny: { type: 'boolean', default: false },
    },
    PROCESS_OUTPUT,
  );
  if (values === null) return null;
  const { icd = null, json, only, quick, tiny } = values;
  const effort = quick ? QUICK : FULL;
  return {
    icd,
    json,
    kinds: chosenKinds(KIT_PEERS, only),
    quick: quick || tiny,
    effort: tiny ? TINY : effort,
  };
}
