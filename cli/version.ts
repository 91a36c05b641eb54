import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { checkedJson } from '../src/base/checked-json';

const packageSchema = v.object({ version: v.string() });

/** The project's. */
export function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return checkedJson(packageSchema, text, 'package.json').version;
}
