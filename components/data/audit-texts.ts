/** How the data doctor's page words findings, choices and what they change. */
import { counted } from '../../src/base/number-text';
import { SENSIBLE_CHOICES, type AuditChoices } from '../../src/recipe/audit-choices';
import type { AuditReport, Finding, FindingId, Misspelling } from '../../src/data/audit/report';
import type { SwitchId } from '../../src/recipe/switch-id';
import { bandsOf, EQ_BANDS, type EqSetting } from '../../src/eq/parameters';
import type { CleanedData } from '../state/page-state';
import { frequencyText, gainText } from '../kit/text';

/** The findings under their headings. */
export const FINDING_GROUPS: readonly { title: string; findings: readonly FindingId[] }[] = [
  { title: 'Labels', findings: ['labelVariants', 'misspellings'] },
  {
    title: 'Repeats and contradictions',
    findings: ['exactDuplicates', 'nearDuplicates', 'copies', 'conflicts'],
  },
  { title: 'Settings', findings: ['pluginDefaults', 'silentBands', 'rails', 'unsortedBells'] },
  { title: 'People', findings: ['oneContributorWords', 'sessions', 'personalColumns'] },
];

/** What may be done about each finding, and what the switch calls it. */
export const SWITCHES: {
  readonly [Id in SwitchId]: readonly { value: AuditChoices[Id]; label: string }[];
} = {
  labelVariants: [
    { value: 'merge', label: 'Merge' },
    { value: 'keep', label: 'Keep as written' },
  ],
  misspellings: [
    { value: 'merge', label: 'Merge' },
    { value: 'keep', label: 'Keep' },
  ],
  exactDuplicates: keepOrDrop('Keep all', 'Drop repeats'),
  nearDuplicates: keepOrDrop('Keep all', 'Drop repeats'),
  copies: [
    ...keepOrDrop('Keep all', 'Drop repeats'),
    { value: 'join', label: 'Hold out with those they repeat' },
  ],
  conflicts: keepOrDrop('Keep', 'Drop the groups'),
  pluginDefaults: keepOrDrop('Keep', 'Drop'),
  silentBands: [
    { value: 'mask', label: 'Mask' },
    { value: 'keep', label: 'Keep' },
  ],
  rails: keepOrDrop('Keep', 'Drop'),
  unsortedBells: [
    { value: 'sort', label: 'Sort' },
    { value: 'keep', label: 'Keep the order' },
  ],
  oneContributorWords: keepOrDrop('Keep', 'Drop the words'),
  sessions: keepOrDrop('Keep', 'Drop the rows'),
};

function keepOrDrop(keep: string, drop: string) {
  return [
    { value: 'keep', label: keep },
    { value: 'drop', label: drop },
  ] as const;
}

/** Whether the data doctor would choose that. */
export function isSensible(id: SwitchId, value: string): boolean {
  return SENSIBLE_CHOICES[id] === value;
}

/** "47 rows", "1 word": how many of what it has found. */
export function foundText(count: number, unit: Finding['unit']): string {
  return counted(count, unit.slice(0, -1), unit);
}

/** What the choice about a finding does to the data: a sentence. */
export function effectText(
  { id, lines, count }: Finding & { readonly id: SwitchId },
  choices: AuditChoices,
  report: AuditReport,
  cleaned: CleanedData | null,
): string {
  const isThere = count > 0 || (id === 'misspellings' && report.doubtful.length > 0);
  if (!isThere) return 'There is nothing to do in this data.';
  const rows = counted(lines.length, 'row');
  switch (choices[id]) {
    case 'merge':
      return id === 'labelVariants'
        ? `${counted(report.rawLabels, 'label')} become ${counted(report.words, 'word')}; all rows stay.`
        : misspellingsEffect(choices, report);
    case 'mask':
      return 'All rows stay; a loss on parameters leaves the silent bands’ frequency and Q out, and one on response curves never sees them.';
    case 'sort':
      return `${rows} put in order; all rows stay.`;
    case 'drop': {
      const dropped = cleaned?.dropped.find((drop) => drop.id === id)?.rows;
      return `${counted(dropped ?? lines.length, 'row')} taken out.`;
    }
    case 'join':
      return `${rows} held out with the people they repeat; all rows stay.`;
    case 'keep':
      return id === 'labelVariants'
        ? `${counted(report.rawLabels, 'label')} stay as many words; misspellings are not merged.`
        : 'All rows stay as they are.';
  }
}

function misspellingsEffect(
  choices: AuditChoices,
  { misspellings, doubtful }: AuditReport,
): string {
  if (choices.labelVariants === 'keep') {
    return 'Nothing is merged while labels are kept as they are written.';
  }
  const merged = [
    ...misspellings.filter(({ from }) => !choices.unmerged.includes(from)),
    ...doubtful.filter((merge) => isMerged(merge, choices)),
  ];
  const rows = merged.reduce((sum, { rows: own }) => sum + own, 0);
  return `${counted(merged.length, 'word')} with ${counted(rows, 'row')} merged; all rows stay.`;
}

/** "low shelf −3.0 dB 150 Hz", "bell 1 +2.0 dB 560 Hz Q 0.71" and so on: the five bands. */
export function bandTexts(setting: EqSetting): string[] {
  return bandsOf(setting).map(({ kind, gainDb, frequencyHz, q }, i) => {
    const name = EQ_BANDS[i]?.name ?? kind;
    const band = `${name} ${gainText(gainDb)} ${frequencyText(frequencyHz)}`;
    return kind === 'bell' ? `${band} Q ${q.toFixed(2)}` : band;
  });
}

/** "14 words with 5 rows or more". */
export function wordsText({ words }: CleanedData, minimumRows: number): string {
  const frequent = words.filter(({ rows }) => rows >= minimumRows).length;
  return `${counted(frequent, 'word')} with ${counted(minimumRows, 'row')} or more`;
}

/** Whether the choices ask for a merge that there is too little evidence for. */
export function isMerged(
  { from, to }: Pick<Misspelling, 'from' | 'to'>,
  { merged }: AuditChoices,
): boolean {
  return merged.some((merge) => merge.from === from && merge.to === to);
}

/** Whether two sets of choices do the same. */
export function sameChoices(a: AuditChoices, b: AuditChoices): boolean {
  const ids = Object.keys(SWITCHES) as SwitchId[];
  return (
    ids.every((id) => a[id] === b[id]) &&
    a.unmerged.length === b.unmerged.length &&
    a.unmerged.every((word) => b.unmerged.includes(word)) &&
    a.merged.length === b.merged.length &&
    a.merged.every((merge) => isMerged(merge, b))
  );
}
