/** Writes docs/glossary.md: npm run glossary */
import { writeFileSync } from 'node:fs';
import { glossaryPage } from './glossary-page';

writeFileSync(new URL('../docs/glossary.md', import.meta.url), glossaryPage());
