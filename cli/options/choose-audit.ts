/** Which choices about a data set's findings a command makes. */
import {
  auditChoicesSchema,
  FOUNDING_CHOICES,
  SENSIBLE_CHOICES,
  type AuditChoices,
} from '../../src/recipe/audit-choices';
import { InputError } from '../../src/base/input-error';
import { checked } from '../../src/base/checked-json';

const SETS: ReadonlyMap<string, AuditChoices> = new Map([
  ['founding', FOUNDING_CHOICES],
  ['sensible', SENSIBLE_CHOICES],
]);

/** @throws InputError when there are no choices of that name */
export function namedChoices(name: string): AuditChoices {
  const choices = SETS.get(name);
  if (choices === undefined) {
    throw new InputError(
      `There are no audit choices "${name}", only ${[...SETS.keys()].join(', ')}.`,
    );
  }
  return choices;
}

/**
 * The choices with one of them made anew.
 *
 * @param value what to do about the finding; for `unmerged`, words separated by commas, and for
 *   `merged` pairs of them, as in `bold:cold,fool:cool`
 * @throws InputError naming a finding or choice that there is not
 */
export function withChoice(choices: AuditChoices, key: string, value: string): AuditChoices {
  if (!Object.hasOwn(choices, key)) {
    const keys = Object.keys(choices).join(', ');
    throw new InputError(`The audit has no choice "${key}"; there are ${keys}.`);
  }
  return checked(
    auditChoicesSchema,
    { ...choices, [key]: valueOf(key, value) },
    'The audit choice',
  );
}

function valueOf(key: string, value: string): unknown {
  if (key !== 'unmerged' && key !== 'merged') return value;
  const items = value.split(',').filter((item) => item !== '');
  if (key === 'unmerged') return items;
  return items.map((item) => {
    const [from = '', to = '', ...more] = item.split(':');
    if (from === '' || to === '' || more.length > 0) {
      throw new InputError(
        `"${item}" names no two words to merge; write the word that goes, a colon and the word ` +
          'that it becomes, as in merged=bold:cold.',
      );
    }
    return { from, to };
  });
}
