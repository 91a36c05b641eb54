/** The bytes of a preset's file as text. */
import { InputError } from '../base/input-error';

const LINE_END = 0x0a;

/**
 * Text in UTF-8. A line that is not is taken for Windows' Western European code page, as Equalizer
 * APO takes it for that of its machine: Room EQ Wizard writes its numbers' blanks so.
 *
 * @throws InputError for texts in UTF-16, and for what is no text
 */
export function presetText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new InputError('The file is encoded as UTF-16; save it as UTF-8.');
  }
  if (bytes.subarray(0, 1024).includes(0)) {
    throw new InputError('The file has zero bytes in it, as texts in UTF-16 do; save it as UTF-8.');
  }
  const strict = new TextDecoder('utf-8', { fatal: true });
  try {
    return strict.decode(bytes);
  } catch {
    return linesOf(bytes).map(textOfLine).join('');
  }
}

/** Each with its end. */
function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(LINE_END, from);
    const to = end < 0 ? bytes.length : end + 1;
    lines.push(bytes.subarray(from, to));
    from = to;
  }
  return lines;
}

function textOfLine(line: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(line);
  } catch {
    return new TextDecoder('windows-1252').decode(line);
  }
}
