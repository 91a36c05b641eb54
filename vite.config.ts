import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import buildWasm from './scripts/build-wasm.mjs';
import { CONTENT_SECURITY_POLICY, PAGE_HEADERS } from './scripts/page-headers.mjs';

/** Puts the policy in the page itself, for hosts that cannot set headers. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}

/** Compiles the WebAssembly engine before the bundle takes it up. */
function wasmEngine(): Plugin {
  return { name: 'wasm-engine', buildStart: buildWasm };
}

/** The chunk of the page's own code, which starts once there is something to see. */
const APP = 'app';
const APP_FOLDER = join(import.meta.dirname, 'components/app');
/** The chunk of the code that works with models. */
const SHOWN_MODEL = 'shown-model';

/** Asks for what every visit needs at once, and not only when what asks for it has run. */
function earlyCode(): Plugin {
  return {
    name: 'early-code',
    apply: 'build',
    transformIndexHtml: (_, { bundle = {} }) =>
      [APP, SHOWN_MODEL].map((name) => {
        const chunk = Object.values(bundle).find(
          (file) => file.type === 'chunk' && file.name === name,
        );
        if (chunk === undefined) throw new Error(`There is no chunk “${name}”.`);
        const attrs = { rel: 'modulepreload', crossorigin: true, href: `./${chunk.fileName}` };
        return { tag: 'link', attrs, injectTo: 'head' as const };
      }),
  };
}

/** What knows the modules of a build. */
interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** What a module cannot do without, by its `import`s and theirs. */
function neededBy(module: string, modules: Modules): Set<string> {
  const found = new Set([module]);
  for (const id of found) {
    for (const needed of modules.getModuleInfo(id)?.importedIds ?? []) found.add(needed);
  }
  return found;
}

/** Says of each module whether it goes into the chunk {@link APP}: one request in place of forty. */
function appChunk(): (id: string, modules: Modules) => string | null {
  const needed = new Set<string>();
  return (id, modules) => {
    if (needed.size === 0) {
      // What starts the page is there before it.
      const before = neededBy(join(APP_FOLDER, 'main.ts'), modules);
      for (const module of neededBy(join(APP_FOLDER, 'wb-app.ts'), modules)) {
        if (!before.has(module)) needed.add(module);
      }
    }
    return needed.has(id) ? APP : null;
  };
}

const SERVICE_WORKER = 'service-worker';

/** Copied by the service worker when they are first asked for: large, and of use to few. */
const NOT_AT_ONCE = /\.map$|tfjs|^assets\/dist-|^service-worker/;

/** Tells the service worker which files the page is made of. */
function offlineFiles(): Plugin {
  let publicFolder = '';
  return {
    name: 'offline-files',
    apply: 'build',
    enforce: 'post',
    configResolved: ({ publicDir }) => {
      publicFolder = publicDir;
    },
    generateBundle: {
      order: 'post',
      handler: (_, bundle) => {
        const worker = bundle[`${SERVICE_WORKER}.js`];
        if (worker?.type !== 'chunk') throw new Error('There is no service worker.');
        const open = readdirSync(publicFolder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map(({ parentPath, name }) => relative(publicFolder, join(parentPath, name)));
        const built = Object.keys(bundle).filter((file) => file !== 'index.html');
        const files = [...built, ...open].filter((file) => !NOT_AT_ONCE.test(file)).sort();
        const page = bundle['index.html'];
        if (page?.type !== 'asset') throw new Error('There is no page.');
        const version = createHash('sha256').update(JSON.stringify(built)).update(page.source);
        for (const file of open) version.update(readFileSync(join(publicFolder, file)));
        const build = { version: version.digest('hex').slice(0, 16), files: ['./', ...files] };
        worker.code = `const BUILD=${JSON.stringify(build)};\n${worker.code}`;
      },
    },
  };
}

export default defineConfig({
  base: './',
  build: {
    target: 'es2022',
    sourcemap: true,
    rolldownOptions: {
      input: { index: 'index.html', [SERVICE_WORKER]: 'workers/offline/service-worker.ts' },
      output: {
        // At the page's own place, since it may serve what lies below it only.
        entryFileNames: ({ name }) =>
          name === SERVICE_WORKER ? '[name].js' : 'assets/[name]-[hash].js',
        codeSplitting: {
          groups: [
            { name: appChunk(), debugName: APP, includeDependenciesRecursively: false },
            { name: SHOWN_MODEL, test: /\/components\/state\/model-functions\.ts$/ },
          ],
        },
      },
    },
  },
  worker: {
    format: 'es',
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: 'trainer', test: /\/workers\/trainer\/serve-trainer\.ts$/ }],
        },
      },
    },
  },
  plugins: [wasmEngine(), contentSecurityPolicy(), earlyCode(), offlineFiles()],
  preview: {
    headers: { ...PAGE_HEADERS },
  },
});
