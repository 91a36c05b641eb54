/** Sweeps of the sample for tests with a real queue. For tests only. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const SAMPLE = fileURLToPath(new URL('../../public/sample.csv', import.meta.url));

/** A sweep file's text: small models that are trained for few epochs. */
export function sweepText(
  epochs: number,
  vary: Readonly<Record<string, readonly number[]>>,
): string {
  return JSON.stringify({ set: { epochs, hidden: [16, 8], latent: 4, projection: 8 }, vary });
}

/** The options that train it on the sample. */
export function trainSweepFile(file: string): string[] {
  return ['train', '--data', SAMPLE, '--sweep', file, '--words', 'bright,warm', '--json'];
}

/** The bytes of all model files. */
export function modelsIn(out: string): Map<string, Buffer> {
  const names = readdirSync(out).filter((name) => name.endsWith('.safetensors'));
  return new Map(names.sort().map((name) => [name, readFileSync(join(out, name))]));
}

/** What a store's folder has of sweeps, as paths. */
export function keptOfSweeps(store: string): string[] {
  return readdirSync(join(store, 'sweeps'), { recursive: true }).map(String);
}
