/**
 * A reporter of vitest that notes tests which failed and passed when they were tried again, so that
 * none of them goes unseen. `npm test` says them at its end.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from './install.mjs';

/** Where the list goes, as JSON: what each test is called and what its tries that failed said. */
export const UNSTEADY_FILE = join(ROOT, 'artifacts/unsteady.json');

/** @typedef {import('vitest/node').Reporter} Reporter */
/** @typedef {import('vitest/node').TestCase} TestCase */

/** @implements {Reporter} */
export default class UnsteadyTests {
  /** @type {string[]} */
  #said = [];

  /** @param {TestCase} test */
  onTestCaseResult(test) {
    if (test.diagnostic()?.flaky !== true) return;
    const { errors = [] } = test.result();
    // The stack of a test that ran out of time does not say so.
    const faults = errors
      .map(({ message, stack = '' }) => (stack.includes(message) ? stack : `${message}\n${stack}`))
      .join('\n');
    this.#said.push(`${relative(ROOT, test.module.moduleId)} > ${test.fullName}\n${faults}`);
  }

  onTestRunEnd() {
    mkdirSync(dirname(UNSTEADY_FILE), { recursive: true });
    writeFileSync(UNSTEADY_FILE, JSON.stringify(this.#said));
  }
}
