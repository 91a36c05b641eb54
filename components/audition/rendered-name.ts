/**
 * Name of a rendered file: the material's without its ending, and what it went through.
 *
 * @param material file name, or a title
 * @param setting  as people know it
 */
export function renderedName(source: string, setting: string): string {
  const parts = [source.replace(/\.[^.\s]{1,5}$/, ''), setting].map((part) =>
    // What file systems forbid, and what is awkward to type.
    part.replaceAll(/[\s\p{Cc}"*/:<>?\\|]+/gu, '-').replaceAll(/^[-.]+|[-.]+$/g, ''),
  );
  const name = parts.filter((part) => part !== '').join('-');
  return `${name === '' ? 'rendered' : Array.from(name).slice(0, 120).join('')}.wav`;
}
