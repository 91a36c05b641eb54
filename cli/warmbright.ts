/** `warmbright`, the command line: `npm run cli -- train|evaluate|generate|render|audit|report|tape …`. */
import { InputError } from '../src/base/input-error';

const HELP = `Warmbright learns what words like warm and bright mean to an equaliser.

npm run cli -- train --data FILE --out DIR     train a model on a SAFE-DB file
npm run cli -- evaluate --model FILE --data FILE   measure a model on a SAFE-DB file
npm run cli -- generate --model FILE --word WORD --format NAME   what a word is to an equaliser, as a preset
npm run cli -- render --in FILE --out FILE --model FILE --word WORD   a WAV file through what a word is
npm run cli -- audit --data FILE               look a SAFE-DB file over
npm run cli -- report --data FILE              what Warmbright reaches, beside what it is compared with
npm run cli -- tape --recipe NAME              print the operations of a training step
npm run cli -- COMMAND --help                  what else a command takes

Exit status: 0 done, 2 something given cannot be used, 1 anything else.
`;

/** Runs the command that the arguments name. */
async function run([command, ...args]: readonly string[]): Promise<void> {
  switch (command) {
    case 'train':
      await (await import('./commands/train')).train(args);
      return;
    case 'evaluate':
      await (await import('./commands/evaluate')).evaluate(args);
      return;
    case 'generate':
      await (await import('./commands/generate')).generate(args);
      return;
    case 'render':
      await (await import('./commands/render')).render(args);
      return;
    case 'audit':
      await (await import('./commands/audit')).audit(args);
      return;
    case 'report':
      await (await import('./commands/report')).report(args);
      return;
    case 'tape':
      (await import('./commands/tape')).printTape(args);
      return;
    case '--help':
    case '-h':
      process.stdout.write(HELP);
      return;
    case undefined:
      throw new InputError(
        'Say what to do: train, evaluate, generate, render, audit, report or tape; --help tells more.',
      );
    default:
      throw new InputError(
        `There is no command "${command}", only train, evaluate, generate, render, audit, report and tape.`,
      );
  }
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  const foreseen = error instanceof InputError;
  // What is wrong with the input takes one line; anything else is a fault of the program.
  console.error(foreseen ? `warmbright: ${error.message.replaceAll(/\s+/g, ' ')}` : error);
  process.exitCode = foreseen ? 2 : 1;
}
