import * as glossary from '../src/base/glossary';

const HEAD = `# Glossary

The terms that Warmbright uses, one or two sentences each.
This file is written by \`npm run glossary\` from [src/base/glossary.ts](../src/base/glossary.ts), where the page takes its help from.
`;

/** docs/glossary.md: every term with its sentences, in the order of the alphabet. */
export function glossaryPage(): string {
  const terms = Object.values(glossary).toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  const sections = terms.map(({ name, meaning, more }) =>
    [`## ${name}\n`, meaning, ...(more === undefined ? [] : [more]), ''].join('\n'),
  );
  return [HEAD, ...sections].join('\n');
}
