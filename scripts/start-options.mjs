/** What `npm start` can be told. */
import { parseArgs } from 'node:util';

const USAGE = 'Usage: npm start [-- --port NUMBER]';

/**
 * @param {readonly string[]} args after the script's name
 * @returns {{ readonly port: number | undefined } | { readonly problem: string }}
 */
export function readStartOptions(args) {
  try {
    const { values } = parseArgs({ args: [...args], options: { port: { type: 'string' } } });
    const { port } = values;
    if (port === undefined) return { port };
    if (/^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535) return { port: Number(port) };
    const why = `Option '--port' takes a whole number from 1 to 65535, not '${port}'.`;
    return { problem: `${why}\n${USAGE}` };
  } catch (error) {
    return { problem: `${error instanceof Error ? error.message : String(error)}\n${USAGE}` };
  }
}
