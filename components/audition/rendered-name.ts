import { fileSlug } from '../../src/base/file-slug';

/** What file systems forbid, and what is awkward to type. */
const AWKWARD = /[\s\p{Cc}",*/:<>?\\|]+/gu;

/**
 * Name of a rendered file: the material's without its ending, and what it went through.
 *
 * @param material file name, or a title
 * @param setting  as people know it
 */
export function renderedName(source: string, setting: string): string {
  const stem = source.replace(/\.[^.\s]{1,5}$/, '');
  const name = [stem, setting].map((part) => fileSlug(part, AWKWARD)).filter((part) => part !== '');
  return `${name.join('-') || 'rendered'}.wav`;
}
