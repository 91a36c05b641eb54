/** BENCHMARKS.md, made of a run's results so that no figure is typed by hand. */
import { growthFigures } from './growth-figures';
import type { Results } from './results';
import { CARDS, LAUNCH_SECONDS, WAIT_SECONDS } from './roofline';
import { cardTable, dispatchTable, remedyTable, WORTH } from './roofline-tables';
import {
  checkTable,
  costTable,
  goalTable,
  growthTable,
  markdownTable,
  recipeTable,
  stepTable,
  sweepTable,
  threadTable,
} from './tables';

/** Folder of the page's figures, beside the page. */
export const FIGURES = 'docs/benchmarks';

export function benchmarksPage(results: Results): string {
  const { data, steps, tolerances } = results;
  return `# Benchmarks

This page is written by \`npm run bench -- --markdown BENCHMARKS.md\`; no figure in it is typed by hand.

## What is measured

Every peer trains the same model in the same way: the recipe Seed V2 (139,501 parameters), batches of ${String(steps.batchSize)} rows, dropout 0.1, Adam, squared error plus supervised contrastive loss, on ${data.rows.toLocaleString('en')} rows of ${String(data.words)} words (${data.real ? 'the real SAFE-DB file' : 'made up: the synthetic sample of several seeds'}).
The Seed V2 run is 150 epochs, ${steps.perRun.toLocaleString('en')} steps.

- **fused WebGPU, fused WebAssembly**: the engines of this project (\`src/engines/{tape,wasm,webgpu}\`).
- **TensorFlow.js**: the plain engine (\`src/engines/tfjs\`), eager, on its three backends.
- **jax-js**: the same step as one jitted function, gradients and Adam included (\`bench/peers/jax-model.ts\`).
- **PyTorch**: the same model as its users write it, eager, and on CUDA also compiled with both losses as a CUDA graph (\`bench/peers/pytorch.py\`).
- **jax**: the same step, an epoch one compiled loop (\`bench/peers/jax_peer.py\`).

A peer in Node or Python has a process of its own, one in Chromium a worker of its own; all stay up, and one at a time works.
The peers take turns, another one first in each round, so that what slows the machine for a while slows all of them alike; a figure is the median over the rounds, and a turn takes about a second of whole epochs, or as many steps as fit.
Within a turn is what training takes: shuffling, all steps, reading the losses once an epoch.
Turns have full batches only; the Seed V2 run has its short last batches, the schedules, and all rows' latents at its end.
Start-up goes from nothing to the end of the first step: loading the code, compiling shaders or WebAssembly, loading the model.
In Node, TypeScript is translated as it is loaded, which is part of it.

A peer that computes something else is no peer, so before it is timed each takes five steps with dropout off from the same weights, which are compared with float64 (\`src/engines/reference\`): the first gradient within ${tolerances.gradient.toExponential(0)} by norm, each loss within ${tolerances.loss.toExponential(0)}.

## The run of ${results.date.slice(0, 10)}

${machineLines(results)}

${markdownTable(stepTable(results))}

A ratio is a peer's time over the named one's in this run.

${markdownTable(costTable(results))}

≈ marks an extrapolation from the time of a step; other Seed V2 runs were really run, once.
A step of the fused engines on WebAssembly is no call from outside; its kernels are the operations of its tape, PyTorch's those that call no further operation.
Memory is the peak of the whole process (Node, Python) or, marked with \\*, GPU buffers and WebAssembly memory.

A run of the default recipe on the project's sample, augmented rows and all epochs, without map and figures:

${markdownTable(recipeTable(results))}

### What must be reached

${markdownTable(goalTable(results))}

### What a graphics card should make of it

${rooflineParts()}

### Checked against float64

${markdownTable(checkTable(results))}

### How cost grows

Steps a second, one size changed at a time; hidden 64-128-64, latent 32, batch 64 and 1283 rows are the Seed V2 run's.

${markdownTable(growthTable(results))}

${growthParts(results)}

### Many runs at once

Runs that differ in seed, in the same dispatches of the fused WebGPU engine.

${results.sweeps.length === 0 ? 'Not measured.' : markdownTable(sweepTable(results))}

A sweep of short runs on the project's own sample, spread over threads that each have a fused WebAssembly engine (Node); from the first thread's start to the last run's end.

${results.threads.length === 0 ? 'Not measured.' : markdownTable(threadTable(results))}

## Repeating it

\`\`\`sh
npm run bench                               # prints tables, writes bench/results/DATE.json
npm run bench -- --quick                    # a look within a minute or two
npm run bench -- --only fused-wasm-1,torch-cpu-1
npm run bench -- --parts growth             # of all there is to measure, this alone
npm run bench -- --from A.json,B.json       # of several runs with different peers, one table
npm run bench -- --markdown BENCHMARKS.md   # and writes this page
npm run bench -- --compare bench/results    # says what is worse than in the last run on such a machine
\`\`\`

The machine should have nothing else to do.
With \`--compare\`, a ratio of our engines that is more than 10 % above that of the earlier run ends the bench with exit status 1; runs on another processor, on other versions of Node, Chromium or PyTorch, or of another length are not compared.
\`PYTHON\` names the interpreter with PyTorch (Debian: \`apt-get install python3-torch libopenblas0-pthread\`; without the second, Debian's PyTorch multiplies with the reference BLAS and takes about three times as long), \`CHROME_PATH\` the browser; what is not there leaves its row empty and says why.

## On any machine

\`\`\`sh
npm run bench -- --pack kit.tar.gz          # on a checkout, after npm ci; under 60 MB
tar xzf kit.tar.gz && warmbright-bench/run  # on the machine, which needs a driver and nothing else
npm run bench -- --from warmbright-bench.json --markdown BENCHMARKS.md
\`\`\`

The kit holds Node, the bench as plain JavaScript, the fused engines and WebGPU for Node (Dawn, npm's \`webgpu\`), and trains on the made-up sample; it holds nobody's rows.
The fused WebGPU engine runs in Node there; rows of PyTorch and jax are those of the machine's own \`python3\`, where it has them.
\`--vulkan-loader libvulkan.so.1\` packs a Vulkan loader along, and \`./run --icd FILE\` names a driver; without one it takes those installed, else a browser's software renderer.
\`npm run kit\` packs one, unpacks it into an empty folder and runs it there with an empty environment.

## On a graphics card

Nothing in the bench changes.
It starts Chromium with \`--enable-unsafe-webgpu --enable-features=Vulkan\` first, and on the processor (\`--use-webgpu-adapter=swiftshader\`) only where no adapter answers; the adapter's name above says which it was.
On Linux a Vulkan driver is needed: \`vulkaninfo --summary\` lists the card, and in a container the driver's \`nvidia_icd.json\` (or its like) must be where \`VK_ICD_FILENAMES\` points.
PyTorch CUDA is measured wherever \`torch.cuda.is_available()\`.
`;
}

/** The figures, and what their lines are. */
function growthParts(results: Results): string {
  const figures = growthFigures(results);
  if (figures.length === 0) return '';
  const { peak } = results;
  const limit =
    peak === undefined || peak === null
      ? 'No limit is drawn: none was measured.'
      : `The limit is what arithmetic alone would leave: the operations of a step's tape at ${(peak / 1e9).toFixed(1)} GFLOP/s a thread, which a loop of fused multiplications and additions in WebAssembly reached in the same run (\`bench/peak.ts\`).`;
  return [
    ...figures.map(({ name, title }) => `![${title}: steps a second](${FIGURES}/${name})`),
    `Both axes are logarithmic. ${limit}`,
    'Rows beyond those there are begin again at the first; a part of an epoch bears its part of the shuffle.',
    'Runs at once are short runs of Seed V2 on the project’s sample, with everything a sweep does for each, as steps a second of all of them.',
  ].join('\n\n');
}

/** What a step asks of a graphics card, and what cards should make of it. */
function rooflineParts(): string {
  const sources = CARDS.map(({ name, source }) => `${name}: ${source}`).join('; ');
  const launch = String(Math.round(LAUNCH_SECONDS * 1e6));
  const wait = String(Math.round(WAIT_SECONDS * 1e9));
  return `Counted, not measured: a step of the Seed V2 run as the fused WebGPU engine of this version cuts it for graphics cards (\`src/engines/webgpu/step-cost.ts\`).

${markdownTable(dispatchTable())}

“At least” has every matrix of a dispatch once; “asked for” is what all workgroups read and write, whichever cache answers.
Barriers and waits are those of one workgroup: a wait is a trip of the products' innermost loop, which has the factors of four products on their way at once.
The whole epoch is one submission, and nothing is read back before its end.

${markdownTable(cardTable())}

A dispatch is taken to cost ${launch} µs beside its work (24 to 36 µs were measured through Vulkan, arXiv:2604.02344), a wait ${wait} ns (a hit in the second cache: 279 cycles of an NVIDIA L40, arXiv:2606.22588); barriers are not priced.
The lower end has arithmetic and memory overlap and everything else hidden; the upper end has every cache miss and every wait stand in the way.
Float32 operations and bytes a second: ${sources}.

What other kernels would save of a step on these cards, by the same count; none of them is built, since no card was at hand to time them on:

${markdownTable(remedyTable())}

Half floats (\`shader-f16\`) halve what memory gives and takes. They round to 3 or 4 digits where the engines agree with float64 to 6 (below), so that a run would end elsewhere, and an adapter without them would train another model.
Eight products on their way at once, in place of four, leave half of the waits, and every bit: sums keep their order. That holds where the card has the registers for it; only a measurement on the card can tell, and to compile a second set of kernels for it may take longer than a short run gains.
Subgroups of 32 would add up their own numbers, which spares a workgroup so many barriers; the last column is what a barrier would have to cost for that to save ${String(100 * WORTH)} % of the fastest step. Their order of additions is the card's own, so a run would no longer be repeated to the same bits wherever the driver chooses another size of subgroup.`;
}

function machineLines({ machine, quick, seconds, pieces = 1 }: Results): string {
  const { adapter } = machine;
  const memory = (machine.memoryBytes / 2 ** 30).toFixed(0);
  const kind = adapter?.software === true ? 'software' : 'a graphics card';
  return [
    `- ${machine.processor}, ${String(machine.cores)} cores, ${memory} GiB; ${machine.system}`,
    `- Node ${machine.node}; ${machine.chromium ?? 'no Chromium'}`,
    `- WebGPU adapter: ${adapter === null ? 'none' : `${adapter.name} (${kind})`}`,
    `- PyTorch: ${machine.torch ?? 'not installed'}`,
    `- ${quick ? 'a quick look (`--quick`), with no figures to quote: ' : ''}${(seconds / 60).toFixed(1)} minutes in all`,
    ...(machine.load === undefined
      ? []
      : [
          `- load before it: ${machine.load.toFixed(1)} processes on ${String(machine.cores)} cores; 0 is an idle machine`,
        ]),
    ...(pieces === 1
      ? []
      : [
          `- measured in ${String(pieces)} pieces with different peers, the load being that before the busiest: ratios between peers of different pieces are rougher`,
        ]),
  ].join('\n');
}
