/** `npm run fuzz`: the fuzzers of the unit tests, with many more inputs than there. */
import { requireNode, runCommand } from './install.mjs';

requireNode();
process.env['FUZZ_COUNT'] ??= '10000';
process.env['FUZZ_SEED'] ??= String(Date.now() % 1_000_000_000);
process.exitCode = await runCommand('npx', [
  'vitest',
  'run',
  '.fuzz.test.ts',
  ...process.argv.slice(2),
]);
