/** Whether a text is well-formed XML, as far as SVG figures need it. For tests only. */

const TAG = /<(\/?)([a-z]+)((?: [a-zA-Z-]+="[^"<&]*(?:&(?:amp|lt|gt|quot|#39);[^"<&]*)*")*)(\/?)>/y;
const TEXT = /(?:[^<&]|&(?:amp|lt|gt|quot|#39);)+/y;
/** XML 1.0, section 2.2. */
function isForbidden(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return !'\t\n\r'.includes(character);
  return (code >= 0xd800 && code < 0xe000) || code === 0xfffe || code === 0xffff;
}

/** The texts between the tags, in order; throws an Error saying where it is not well-formed. */
export function xmlTexts(xml: string): string[] {
  if (Array.from(xml).some(isForbidden)) throw new Error('A character that XML forbids.');
  const open: string[] = [];
  const texts: string[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(xml);
    at += found?.[0].length ?? 0;
    return found;
  };
  while (at < xml.length) {
    const [content] = take(TEXT) ?? [];
    if (content !== undefined) {
      texts.push(content);
      continue;
    }
    const [, closes, name = '', , empty] = take(TAG) ?? [];
    if (name === '') throw new Error(`Neither tag nor text: ${xml.slice(at, at + 60)}`);
    if (closes === '/' && open.pop() !== name) throw new Error(`</${name}> closes another tag.`);
    if (closes === '' && empty === '') open.push(name);
  }
  if (open.length > 0) throw new Error(`<${open.join('><')}> are never closed.`);
  return texts.map((content) =>
    content
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&'),
  );
}
