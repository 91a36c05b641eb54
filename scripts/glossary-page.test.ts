import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { glossaryPage } from './glossary-page';

describe('glossary', () => {
  it('is committed as it is written: npm run glossary', () => {
    const committed = readFileSync(new URL('../docs/glossary.md', import.meta.url), 'utf8');
    expect(committed).toBe(glossaryPage());
  });

  it('has no term twice, and ends every sentence', () => {
    const page = glossaryPage();
    const names = page.match(/^## .+$/gm) ?? [];
    expect(new Set(names).size).toBe(names.length);
    const bodies = page.split(/^## .+$/m).slice(1);
    for (const body of bodies) expect(body.trim()).toMatch(/\.$/);
  });
});
