/** YAML, and JSON as part of it, with the line on which everything stands. */
import * as v from 'valibot';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { InputError } from '../base/input-error';
import { issueText } from '../base/issue-text';

type Path = readonly (string | number)[];

/** Longest text that is parsed, for a second or two at worst; presets are a few kilobytes. */
const MOST_CHARACTERS = 128 * 1024;
/** Levels of a text; presets have five. */
const DEEPEST = 64;
/** Times that aliases may repeat what they stand for, all together. */
const MOST_ALIASES = 100;

/** A parsed text whose parts are let in through schemas. */
export interface Structured {
  /**
   * What stands at the path.
   *
   * @throws InputError naming the line and the field where it is not as the schema says
   */
  readonly get: <T>(path: Path, schema: v.GenericSchema<unknown, T>) => T;
  /** "Line 7": where the path, or the nearest of what it lies in, stands. */
  readonly at: (path: Path) => string;
}

/** @throws InputError naming the line at which the text is not what it should be */
export function parseStructured(text: string, language: 'JSON' | 'YAML'): Structured {
  if (text.length > MOST_CHARACTERS) {
    throw new InputError('The file is longer than 131 kB, which no preset is.');
  }
  refuseDepth(text, language);
  const lines = new LineCounter();
  const document = parsed(text, language, lines);
  const [error] = document.errors;
  if (error !== undefined) {
    const fault =
      error.code === 'MULTIPLE_DOCS'
        ? `a second ${language} document begins here; keep one of them`
        : `this is not valid ${language}`;
    throw new InputError(`Line ${String(lines.linePos(error.pos[0]).line)}: ${fault}.`);
  }
  const value = asValue(document);
  const at = (path: Path): string => {
    for (let length = path.length; length >= 0; length--) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return `Line ${String(lines.linePos(node.range[0]).line)}`;
    }
    return 'Line 1';
  };
  return {
    at,
    get: (path, schema) => {
      const result = v.safeParse(schema, valueAt(value, path), { abortEarly: true });
      if (result.success) return result.output;
      const [issue] = result.issues;
      const inside = (issue.path ?? []).map(({ key }) => key).filter(isPathPart);
      const full = [...path, ...inside];
      const field = full.join('.').slice(0, 100);
      const named = field === '' ? '' : `"${field}": `;
      const what = issueText(issue).replaceAll(/\s+/g, ' ').slice(0, 120);
      throw new InputError(`${at(full)}: ${named}${what}.`);
    },
  };
}

/**
 * The parser walks down by recursion, and what uses up the stack can take the whole page with it:
 * brackets inside brackets, lists of lists on one line, and lines set in far.
 */
function refuseDepth(text: string, language: string): void {
  let depth = 0;
  text.split(/\r\n|\r|\n/).forEach((line, i) => {
    let deep = /^(?:[ \t]*[-?:][ \t]){64}/.test(line) || /^[ \t]{256}/.test(line);
    for (const sign of line) {
      if (sign === '[' || sign === '{') depth++;
      else if (sign === ']' || sign === '}') depth--;
      deep ||= depth > DEEPEST;
    }
    if (deep) {
      throw new InputError(`Line ${String(i + 1)}: this ${language} is nested too deeply.`);
    }
  });
}

function parsed(text: string, language: string, lineCounter: LineCounter): Document {
  return parseDocument(text.replace('\uFEFF', ''), {
    lineCounter,
    // Silent, it would say nothing of a second document either.
    logLevel: 'error',
    prettyErrors: false,
    schema: language === 'JSON' ? 'json' : 'core',
    // Comparing every key with every other takes too long in a hostile file; the last one counts.
    uniqueKeys: false,
  });
}

function asValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new InputError(
      'Line 1: an alias stands for nothing, or aliases repeat the file too often.',
    );
  }
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inside, key) => {
    if (typeof inside !== 'object' || inside === null || !Object.hasOwn(inside, key)) {
      return undefined;
    }
    return Reflect.get(inside, key);
  }, value);
}

function isPathPart(key: unknown): key is string | number {
  return typeof key === 'string' || typeof key === 'number';
}
