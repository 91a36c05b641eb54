/** The commands by their names, and what becomes of their errors. */
import { inspect } from 'node:util';
import { InputError } from '../src/base/input-error';
import type { Output } from './output';

const HELP = `Warmbright learns what words like warm and bright mean to an equaliser.

npm run cli -- train --data FILE --out DIR     train a model on a SAFE-DB file
npm run cli -- evaluate --model FILE --data FILE   measure a model on a SAFE-DB file
npm run cli -- generate --model FILE --word WORD --format NAME   what a word is to an equaliser, as a preset
npm run cli -- render --in FILE --out FILE --model FILE --word WORD   a WAV file through what a word is
npm run cli -- audit --data FILE               look a SAFE-DB file over
npm run cli -- report --data FILE              what Warmbright reaches, beside what it is compared with
npm run cli -- build-model --data FILE --out DIR   train the model that the page has ready, with its card
npm run cli -- export --model FILE --format NAME --out FILE   a model for ONNX Runtime, TensorFlow.js or a study
npm run cli -- worker --queue ADDRESS          train runs of sweeps that other machines ask for
npm run cli -- tape --recipe NAME              print the operations of a training step
npm run cli -- COMMAND --help                  what else a command takes
npm run cli -- --version                       which version of Warmbright this is

Exit status: 0 done, 2 something given cannot be used, 1 anything else.
`;

async function run([command, ...args]: readonly string[], output: Output): Promise<void> {
  switch (command) {
    case 'train':
      await (await import('./commands/train')).train(args, output);
      return;
    case 'evaluate':
      await (await import('./commands/evaluate')).evaluate(args, output);
      return;
    case 'generate':
      await (await import('./commands/generate')).generate(args, output);
      return;
    case 'render':
      await (await import('./commands/render')).render(args, output);
      return;
    case 'audit':
      await (await import('./commands/audit')).audit(args, output);
      return;
    case 'report':
      await (await import('./commands/report')).report(args, output);
      return;
    case 'build-model':
      await (await import('./commands/build-model')).buildModel(args, output);
      return;
    case 'export':
      await (await import('./commands/export')).exportCommand(args, output);
      return;
    case 'worker':
      await (await import('./commands/worker')).worker(args, output);
      return;
    case 'tape':
      (await import('./commands/tape')).printTape(args, output);
      return;
    case '--help':
    case '-h':
      output.print(HELP);
      return;
    case '--version':
      output.print(`${(await import('./version')).version()}\n`);
      return;
    case undefined:
      throw new InputError(
        'Say what to do: train, evaluate, generate, render, audit, report, build-model, export, worker or tape; --help tells more.',
      );
    default:
      throw new InputError(
        `There is no command "${command}", only train, evaluate, generate, render, audit, report, build-model, export, worker and tape.`,
      );
  }
}

/**
 * Runs the command that the arguments name.
 *
 * @returns the exit status, see the help
 */
export async function main(args: readonly string[], output: Output): Promise<number> {
  try {
    await run(args, output);
    return 0;
  } catch (error) {
    const foreseen = error instanceof InputError;
    // What is wrong with the input takes one line; anything else is a fault of the program.
    output.note(foreseen ? `warmbright: ${error.message.replaceAll(/\s+/g, ' ')}` : inspect(error));
    return foreseen ? 2 : 1;
  }
}
