/** `npm test`: installs what is missing, then runs every check, and says how each went. */
import { readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import buildWasm from './build-wasm.mjs';
import { findChromium } from './find-chromium.mjs';
import { findFirefox } from './find-firefox.mjs';
import { findRedis } from './find-redis.mjs';
import { UNSTEADY_FILE } from './unsteady-tests.mjs';
import { ROOT, ensureInstalled, requireNode, runCommand } from './install.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/**
 * @typedef {object} Step
 * @property {string} name
 * @property {(collect?: (output: string) => void) => Promise<number>} run gives the exit status
 * @property {string} [report] vitest's JSON report, which the step writes
 * @property {string} [needs] name of a step without which this one makes no sense
 */

/**
 * @param {string} script a script of package.json
 * @returns {Step['run']}
 */
const script = (script) => (collect) => runCommand('npm', ['run', '--silent', script], collect);

/**
 * @param {string} report
 * @param {readonly string[]} args
 * @returns {Step['run']}
 */
const vitest = (report, args) => (collect) => {
  // A report of an earlier run must not be taken for this one's.
  for (const file of [join(ROOT, report), UNSTEADY_FILE]) rmSync(file, { force: true });
  const reporters = ['default', 'json', './scripts/unsteady-tests.mjs'].map(
    (reporter) => `--reporter=${reporter}`,
  );
  // What fails by chance is a fault, too, and is said at the end; but it says nothing of the code
  // that a newcomer has just fetched.
  const options = [...reporters, `--outputFile.json=${report}`, '--retry=1'];
  return runCommand('npx', ['vitest', 'run', ...args, ...options], collect);
};

const UNIT_REPORT = 'artifacts/unit.json';
const E2E_REPORT = 'artifacts/e2e.json';

/**
 * One stage after the other; the steps of a stage run at the same time, since most of them keep one
 * processor busy, and the longest begins first.
 *
 * @type {readonly (readonly Step[])[]}
 */
const STAGES = [
  [
    { name: 'lint', run: script('lint') },
    { name: 'format', run: script('format:check') },
    { name: 'types', run: script('typecheck') },
    { name: 'unused code', run: script('unused') },
    { name: 'build', run: script('build') },
  ],
  [{ name: 'unit tests', run: vitest(UNIT_REPORT, []), report: UNIT_REPORT }],
  [{ name: 'first load', run: script('first-load'), needs: 'build' }],
  [
    {
      name: 'journeys',
      run: vitest(E2E_REPORT, ['--config', 'e2e/vitest.config.ts']),
      report: E2E_REPORT,
      needs: 'build',
    },
  ],
];

/** As much of what a test that failed said as a summary has room for. */
const MOST_OF_A_FAULT = 1500;

/**
 * @param {string} report
 * @returns {(Counts & { faults: string[] }) | null} null when vitest did not get as far as writing
 *   its report
 */
function readReport(report) {
  try {
    /**
     * @type {Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests', number> & {
     *   testResults: { name: string, message: string, assertionResults: {
     *     fullName: string, status: string, failureMessages: string[] | null }[] }[] }}
     */
    const result = JSON.parse(readFileSync(join(ROOT, report), 'utf8'));
    const faults = result.testResults.flatMap(({ name, message, assertionResults }) => {
      const file = relative(ROOT, name);
      const failed = assertionResults.filter((test) => test.status === 'failed');
      const said = failed.map(
        (test) => `${file} > ${test.fullName}\n${(test.failureMessages ?? []).join('\n')}`,
      );
      // A file that could not be loaded has no tests that could fail.
      if (said.length === 0 && message !== '') said.push(`${file}\n${message}`);
      return said.map((text) => text.slice(0, MOST_OF_A_FAULT));
    });
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests,
      skipped: result.numPendingTests + result.numTodoTests,
      faults,
    };
  } catch {
    return null;
  }
}

/** What tests said that failed at first, each by itself. */
function readUnsteady() {
  try {
    /** @type {string[]} */
    const said = JSON.parse(readFileSync(UNSTEADY_FILE, 'utf8'));
    return said.map((text) => text.slice(0, MOST_OF_A_FAULT));
  } catch {
    return [];
  }
}

requireNode();
await ensureInstalled({ server: true });
const { path, how } = await findChromium();
console.log(`Chromium: ${path} (${how})`);
console.log(`Firefox: ${(await findFirefox(true)) ?? 'none, and its journey is skipped'}`);
console.log(`Redis: ${findRedis(true) ?? 'none, and tests of sweeps by a queue are skipped'}`);
// Several of the checks look for its output.
await buildWasm();

const sum = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const lines = [];
/** @type {Set<string>} */
const failures = new Set();
/**
 * What the tests that failed said, once more at the end: the lines of all that passed are long.
 *
 * @type {string[]}
 */
const faults = [];
/**
 * The same of tests that passed at their second try.
 *
 * @type {string[]}
 */
const unsteady = [];

/**
 * @param {Step} step
 * @param {boolean} alone whether its output is shown as it comes, not once it has ended
 */
async function take({ name, run, report, needs }, alone) {
  if (needs !== undefined && failures.has(needs)) {
    failures.add(name);
    sum.failed++;
    lines.push(`- ${name}: not run, because ${needs} failed`);
    return;
  }
  if (alone) console.log(`\n── ${name}`);
  let output = '';
  const start = performance.now();
  const code = await run(alone ? undefined : (text) => (output += text));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (!alone) console.log(`\n── ${name}\n${output.trimEnd()}`);
  const counts = report === undefined ? null : readReport(report);
  faults.push(...(counts?.faults ?? []));
  if (report !== undefined) unsteady.push(...readUnsteady());
  sum.passed += counts?.passed ?? 0;
  sum.skipped += counts?.skipped ?? 0;
  sum.failed += counts?.failed ?? 0;
  if (code !== 0) {
    failures.add(name);
    // "0 failed" must never stand under a check that failed, or a test file that could not load.
    if ((counts?.failed ?? 0) === 0) sum.failed++;
  }
  lines.push(`${code === 0 ? '✓' : '✗'} ${name}: ${seconds} s`);
  console.log(lines.at(-1));
}

for (const stage of STAGES) {
  await Promise.all(stage.map((step) => take(step, stage.length === 1)));
}

for (const text of unsteady) console.log(`\n! failed at first, passed when tried again: ${text}`);
for (const fault of faults) console.log(`\n✗ ${fault}`);
console.log(`\n── summary\n${lines.join('\n')}\n`);
console.log(
  `${String(sum.passed)} passed, ${String(sum.failed)} failed, ${String(sum.skipped)} skipped` +
    (unsteady.length === 0 ? '' : `, ${String(unsteady.length)} of them only when tried again`),
);
process.exit(failures.size === 0 ? 0 : 1);
