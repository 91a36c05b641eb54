/** Writes the synthetic sample data set: npx tsx scripts/make-sample.ts */
import { writeFileSync } from 'node:fs';
import { syntheticCsv } from '../src/data/synthetic';

writeFileSync(new URL('../public/sample.csv', import.meta.url), syntheticCsv());
