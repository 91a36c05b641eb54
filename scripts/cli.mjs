/** `npm run cli`: the command line as it was built, or from its sources where it cannot be. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtCli } from './built-cli.mjs';

// Errors then name lines of the sources.
process.setSourceMapsEnabled(true);

const built = builtCli();
if (built !== null) {
  await import(pathToFileURL(join(built, 'warmbright.js')).href);
} else {
  const { tsImport } = await import('tsx/esm/api');
  await tsImport('../cli/warmbright.ts', import.meta.url);
}
