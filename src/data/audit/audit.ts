/** The data doctor: everything about a data set that a careful reader would want to know first. */
import { fitSummary } from '../fit-errors';
import type { SafeData } from '../rows';
import { FOUNDING_CHOICES, SENSIBLE_CHOICES } from '../../recipe/audit-choices';
import { cleanData } from './clean';
import { labelVariants } from './labels';
import { findMisspellings } from './misspellings';
import { misspellingsFinding, variantsFinding } from './label-findings';
import { peopleFindings, personalColumnsFinding } from './people-findings';
import type { AuditReport } from './report';
import { duplicateFindings, settingFindings } from './row-findings';

/** What is found in the data as the file has it, whatever is chosen to be done about it. */
export function auditData(data: SafeData): AuditReport {
  const { rows, sha256 } = data;
  const variants = labelVariants(rows);
  const { likely, doubtful } = findMisspellings(rows);
  const fit = fitSummary(rows);
  return {
    version: 2,
    dataSha256: sha256,
    rows: rows.length,
    contributors: new Set(rows.map(({ contributor }) => contributor)).size,
    rawLabels: new Set(rows.map(({ word, label = word }) => label)).size,
    words: new Set(rows.map(({ word }) => word)).size,
    findings: [
      variantsFinding(rows, variants),
      misspellingsFinding(rows, likely, doubtful),
      ...duplicateFindings(data),
      ...settingFindings(rows),
      ...peopleFindings(rows),
      personalColumnsFinding(data),
    ],
    variants,
    misspellings: likely,
    doubtful,
    ...(fit !== null && { fit }),
    rowsLeft: {
      founding: cleanData(data, FOUNDING_CHOICES).rows.length,
      sensible: cleanData(data, SENSIBLE_CHOICES).rows.length,
    },
  };
}
