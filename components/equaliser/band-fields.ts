/** The 13 numbers of a setting as people type them. Pure. */
import { withMinus } from '../../src/base/number-text';
import { EQ_PARAMETERS, type EqParameter } from '../../src/eq/parameters';
import { bandName } from '../kit/text';

const UNITS = { gain: 'dB', frequency: 'Hz', q: '' } as const;

/** "Bell 1 frequency in Hz". */
export function fieldLabel({ band, kind }: EqParameter): string {
  const unit = UNITS[kind];
  return `${bandName(band)} ${kind === 'q' ? 'Q' : kind}${unit === '' ? '' : ` in ${unit}`}`;
}

/** A number as its field shows it: as exact as anybody hears. */
export function fieldText(value: number, { kind }: EqParameter): string {
  if (kind === 'frequency') return value.toFixed(value < 1000 ? 1 : 0);
  // "-0.0" is no other number.
  return value.toFixed(kind === 'gain' ? 1 : 2).replace(/^-(?=[0.]*$)/, '');
}

/**
 * The number that was typed for a parameter; a comma counts as a point, a real minus as one, and
 * "1.2k" as 1200 where a frequency is meant, as the graph's axis has it.
 *
 * @returns a sentence instead, where it cannot be that number
 */
export function typedNumber(
  index: number,
  typed: string,
): { readonly value: number } | { readonly problem: string } {
  const parameter = EQ_PARAMETERS[index];
  if (parameter === undefined) return { problem: 'There is no such number.' };
  const { min, max, kind } = parameter;
  const text = typed.trim().replace('−', '-').replace(',', '.');
  const inKhz = kind === 'frequency' ? /^([\d.]+) ?k(?:hz)?$/i.exec(text) : null;
  const value = inKhz === null ? Number(text) : 1000 * Number(inKhz[1]);
  if (text === '' || !(value >= min && value <= max)) {
    const unit = UNITS[kind] === '' ? '' : ` ${UNITS[kind]}`;
    const range = withMinus(`${min.toLocaleString('en')} to ${max.toLocaleString('en')}`);
    return { problem: `${fieldLabel(parameter)} must be a number from ${range}${unit}.` };
  }
  return { value };
}
