/** The server as one file that needs no packages, for its container. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // Of the page, and none of the server's.
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: 'main.ts',
    outDir: fileURLToPath(new URL('../dist-server', import.meta.url)),
    target: 'node20',
    emptyOutDir: true,
    rolldownOptions: { output: { entryFileNames: 'warmbright-server.mjs', codeSplitting: false } },
  },
});
