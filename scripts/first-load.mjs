/**
 * `npm run first-load`: says how many bytes, compressed, the built page asks for before it can be
 * used, and fails where those are too many. e2e/journeys/first-load.test.ts holds that a browser
 * asks for exactly what is counted here.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';

const DIST = new URL('../dist/', import.meta.url);

const MOST_BYTES = 126_000;

/**
 * Asked for at once although no `import` of their own names them: the script of all workers, what the
 * training worker loads of it, and what shows the ready-made model and its replay.
 */
const AT_START = [/^worker-.*\.js$/, /^trainer-.*\.js$/, /^shown-model-.*\.js$/];

/** What a file cannot do without. */
const NEEDS = {
  html: /(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g,
  js: /\b(?:from|import)\s*["']\.\/([^"']+\.js)["']/g,
};

/**
 * The page, its styles, and every script that it asks for as it opens.
 *
 * @returns {Map<string, number>} files of the build, and how many bytes each has, compressed
 */
export function firstLoad() {
  /** @type {Map<string, number>} */
  const sizes = new Map();
  /** @param {string} file */
  const add = (file) => {
    if (sizes.has(file)) return;
    const bytes = readFileSync(new URL(file, DIST));
    sizes.set(file, gzipSync(bytes).length);
    const text = bytes.toString();
    if (file.endsWith('.html')) {
      for (const [, needed = ''] of text.matchAll(NEEDS.html)) add(needed);
    } else if (file.endsWith('.js')) {
      for (const [, needed = ''] of text.matchAll(NEEDS.js)) add(`assets/${needed}`);
    }
  };
  add('index.html');
  const assets = readdirSync(new URL('assets/', DIST));
  for (const pattern of AT_START) {
    const [name, ...others] = assets.filter((asset) => pattern.test(asset));
    if (name === undefined || others.length > 0) throw new Error(`Not one file is ${pattern}.`);
    add(`assets/${name}`);
  }
  return sizes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sizes = [...firstLoad()].sort(([, a], [, b]) => b - a);
  for (const [file, bytes] of sizes) console.log(`${String(bytes).padStart(8)} ${file}`);
  const sum = sizes.reduce((all, [, bytes]) => all + bytes, 0);
  console.log(`${String(sum).padStart(8)} of at most ${String(MOST_BYTES)} bytes, compressed`);
  process.exitCode = sum <= MOST_BYTES ? 0 : 1;
}
