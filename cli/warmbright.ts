/** `warmbright`, the command line: `npm run cli -- train|evaluate|generate|render|audit|report|tape …`. */
import { main } from './main';
import { PROCESS_OUTPUT } from './output';
import { writeError } from './output-file';

// Nobody may be left to read progress or results, or there may be no room for them.
process.stderr.on('error', () => undefined);
process.stdout.on('error', (error) => {
  const said = writeError('standard output', error);
  PROCESS_OUTPUT.note(`warmbright: ${said instanceof Error ? said.message : String(said)}`);
  process.exit(2);
});

process.exitCode = await main(process.argv.slice(2), PROCESS_OUTPUT);
