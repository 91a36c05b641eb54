/** `npm run kills`: the journey whose browser is killed, thirty times; needs a build of the page. */
import { requireNode, runCommand } from './install.mjs';

requireNode();
process.env['KILLS'] ??= '30';
const config = ['--config', 'e2e/vitest.config.ts'];
process.exitCode = await runCommand('npx', ['vitest', 'run', ...config, 'kills.test.ts']);
