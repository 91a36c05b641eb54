import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readStartOptions } from './start-options.mjs';

function problemOf(args: readonly string[]): string | null {
  const options = readStartOptions(args);
  return 'problem' in options ? options.problem : null;
}

it('the port is one there can be', () => {
  expect(readStartOptions([])).toEqual({ port: undefined });
  expect(readStartOptions(['--port', '8080'])).toEqual({ port: 8080 });
  expect(readStartOptions(['--port=65535'])).toEqual({ port: 65_535 });
  for (const port of ['0', '65536', '-1', '08', '80.5', '8e3', 'http', '']) {
    expect(problemOf([`--port=${port}`])).toContain(`from 1 to 65535, not '${port}'.\nUsage: `);
  }
});

it('what is no option is refused with a sentence, before anything is built or served', () => {
  for (const args of [['--ports', '80'], ['80'], ['--port']]) {
    expect(problemOf(args)).toContain('\nUsage: ');
  }
  const start = fileURLToPath(new URL('start.mjs', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [start, '--port', 'http'], {
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toBe(
    "Option '--port' takes a whole number from 1 to 65535, not 'http'.\nUsage: npm start [-- --port NUMBER]\n",
  );
});
