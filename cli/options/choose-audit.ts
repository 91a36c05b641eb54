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
 * @param value what to do about the finding; for `unmerged`, words separated by commas
 * @throws InputError naming a finding or choice that there is not
 */
export function withChoice(choices: AuditChoices, key: string, value: string): AuditChoices {
  if (!Object.hasOwn(choices, key)) {
    const keys = Object.keys(choices).join(', ');
    throw new InputError(`The audit has no choice "${key}"; there are ${keys}.`);
  }
  const made = key === 'unmerged' ? value.split(',').filter((word) => word !== '') : value;
  return checked(auditChoicesSchema, { ...choices, [key]: made }, 'The audit choice');
}
