/** BENCHMARKS.md, made of a run's results so that no figure is typed by hand. */
import type { Results } from './results';
import {
  checkTable,
  costTable,
  goalTable,
  growthTable,
  markdownTable,
  stepTable,
  sweepTable,
  threadTable,
} from './tables';

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
- **PyTorch**: the same model as its users write it, eager (\`bench/peers/pytorch.py\`).

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

### What must be reached

${markdownTable(goalTable(results))}

### Checked against float64

${markdownTable(checkTable(results))}

### How cost grows

Steps a second, one size changed at a time; hidden 64-128-64, latent 32, batch 64 and 1283 rows are the Seed V2 run's.

${markdownTable(growthTable(results))}

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
npm run bench -- --markdown BENCHMARKS.md   # and writes this page
npm run bench -- --compare bench/results    # says what is worse than in the last run on such a machine
\`\`\`

The machine should have nothing else to do.
With \`--compare\`, a ratio of our engines that is more than 10 % above that of the earlier run ends the bench with exit status 1; runs on another processor, on other versions of Node, Chromium or PyTorch, or of another length are not compared.
\`PYTHON\` names the interpreter with PyTorch (Debian: \`apt-get install python3-torch libopenblas0-pthread\`; without the second, Debian's PyTorch multiplies with the reference BLAS and takes about three times as long), \`CHROME_PATH\` the browser; what is not there leaves its row empty and says why.

## On a graphics card

Nothing in the bench changes.
It starts Chromium with \`--enable-unsafe-webgpu --enable-features=Vulkan\` first, and on the processor (\`--use-webgpu-adapter=swiftshader\`) only where no adapter answers; the adapter's name above says which it was.
On Linux a Vulkan driver is needed: \`vulkaninfo --summary\` lists the card, and in a container the driver's \`nvidia_icd.json\` (or its like) must be where \`VK_ICD_FILENAMES\` points.
PyTorch CUDA is measured wherever \`torch.cuda.is_available()\`.
`;
}

function machineLines({ machine, quick, seconds }: Results): string {
  const { adapter } = machine;
  const memory = (machine.memoryBytes / 2 ** 30).toFixed(0);
  const kind = adapter?.software === true ? 'software' : 'a graphics card';
  return [
    `- ${machine.processor}, ${String(machine.cores)} cores, ${memory} GiB; ${machine.system}`,
    `- Node ${machine.node}; ${machine.chromium ?? 'no Chromium'}`,
    `- WebGPU adapter: ${adapter === null ? 'none' : `${adapter.name} (${kind})`}`,
    `- PyTorch: ${machine.torch ?? 'not installed'}`,
    `- ${quick ? 'a quick look (`--quick`), with no figures to quote: ' : ''}${(seconds / 60).toFixed(1)} minutes in all`,
  ].join('\n');
}
