/** `warmbright`, the command line: `npm run cli -- train|evaluate|generate|render|audit|report|tape …`. */
import { main } from './main';
import { PROCESS_OUTPUT } from './output';

process.exitCode = await main(process.argv.slice(2), PROCESS_OUTPUT);
