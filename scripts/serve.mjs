/** `npm run serve`: installs what is missing, builds the page if need be, serves it and keeps shared models. */
import { buildPage } from './build-page.mjs';
import { ROOT, ensureInstalled, requireNode } from './install.mjs';

requireNode();
await ensureInstalled({ server: true });
await buildPage();
// Folders that the environment names are meant from the repository, as those of the usual settings are.
process.chdir(ROOT);
const { tsImport } = await import('tsx/esm/api');
await tsImport('../server/main.ts', import.meta.url);
