import { describe, expect, it } from 'vitest';
import { SENSIBLE_CHOICES } from '../../src/recipe/audit-choices';
import { InputError } from '../../src/base/input-error';
import { RECIPES } from '../../src/recipe/recipes';
import fc from '../../src/testing/fast-check';
import { answeredTest } from '../../src/testing/listening-test';
import { isTrainerEvent } from './event-types';
import { commandTypeOf, parseCommand, type Command } from './messages';

const recipe = { ...RECIPES['seed-v2'].recipe, hidden: [64, 128, 64] };

const commands: Command[] = [
  { type: 'load-data', bytes: new ArrayBuffer(3), name: 'some.csv', synthetic: false },
  { type: 'choose-engine', choice: 'wasm' },
  { type: 'start', words: ['bright', 'warm'], recipe, name: 'Seed V2', paused: true },
  {
    type: 'start',
    words: ['bright', 'warm'],
    recipe,
    name: 'Seed V2',
    paused: true,
    from: 'shown',
  },
  { type: 'pause' },
  { type: 'step' },
  { type: 'resume' },
  { type: 'stop' },
  { type: 'cancel-measuring' },
  { type: 'measure' },
  { type: 'open-model', bytes: new ArrayBuffer(0) },
  { type: 'open-link', fragment: '#wb1.x' },
  { type: 'open-shared', bytes: new ArrayBuffer(0) },
  { type: 'list-runs' },
  { type: 'open-run', id: 'a' },
  { type: 'rename-run', id: 'a', name: 'b' },
  { type: 'delete-run', id: 'a' },
  { type: 'start-sweep', words: ['warm'], recipe, vary: { seed: [1, 2], contrastiveSelf: [true] } },
  { type: 'stop-sweep' },
  { type: 'export', what: 'tfjs' },
  { type: 'make-shared-file' },
  { type: 'evaluate' },
  { type: 'take-back-row' },
  { type: 'share' },
  { type: 'share', bits: 6 },
  { type: 'keep-model', id: 'a' },
  { type: 'draw-apart', amount: 50 },
  { type: 'audit' },
  { type: 'clean', choices: SENSIBLE_CHOICES },
  { type: 'compare', ids: ['a', 'b'] },
  { type: 'save-listening-test', test: answeredTest('ABABABAB') },
  { type: 'list-listening-tests' },
  { type: 'delete-listening-test', id: 'a' },
  { type: 'read-again', choices: { language: 'English' } },
  { type: 'cancel-reading' },
];

/** Anything JSON can say, with the protocol's own tags and keys mixed in. */
const foreign = fc.oneof(
  fc.jsonValue(),
  fc
    .tuple(
      fc.constantFrom(...commands),
      fc.dictionary(
        fc.constantFrom(
          ...['type', 'bytes', 'words', 'recipe', 'name', 'paused', 'choice', 'id', 'what'],
          ...['fragment', '__proto__', 'constructor', 'prototype', 'toString'],
        ),
        fc.jsonValue(),
      ),
    )
    .map(([command, changes]): unknown =>
      // Through text, so that a "__proto__" key is an own property, as in a message.
      Object.assign(
        JSON.parse(JSON.stringify(changes)) as object,
        JSON.parse(JSON.stringify(command)),
      ),
    ),
);

function outcome(parse: (message: unknown) => unknown, message: unknown): unknown {
  try {
    return parse(message);
  } catch (error) {
    return error;
  }
}

describe('parseCommand', () => {
  it.each(commands)('lets $type through unchanged', (command) => {
    expect(parseCommand(command)).toEqual(command);
    expect(commandTypeOf(command)).toBe(command.type);
  });

  it('lets a command or an InputError out of anything, and touches no prototype', () => {
    const types = commands.map(({ type }) => type);
    fc.assert(
      fc.property(foreign, (message) => {
        const result = outcome(parseCommand, message);
        if (!(result instanceof InputError)) {
          expect(types).toContain((result as Command).type);
          expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
          expect(Object.hasOwn(result as Command, '__proto__')).toBe(false);
        }
        expect('polluted' in {}).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['an unknown type', { type: 'eval' }],
    ['a type from the prototype', { type: 'constructor' }],
    ['a polluting key', JSON.parse('{"type":"pause","constructor":{"polluted":1}}')],
    ['an unknown key', { type: 'pause', now: true }],
    ['a recipe out of bounds', { ...commands[2], recipe: { ...recipe, epochs: 0 } }],
    ['a recipe with a key too many', { ...commands[2], recipe: { ...recipe, extra: 1 } }],
    [
      'a width that would not fit in memory',
      { ...commands[2], recipe: { ...recipe, hidden: [1e9] } },
    ],
    ['a NaN learning rate', { ...commands[2], recipe: { ...recipe, learningRate: NaN } }],
    ['no words', { ...commands[2], words: [] }],
    ['a view where a buffer belongs', { type: 'open-model', bytes: new Uint8Array(3) }],
    ['a name of a megabyte', { type: 'rename-run', id: 'a', name: 'x'.repeat(2 ** 20) }],
    [
      'a sweep over the shapes',
      { type: 'start-sweep', words: ['warm'], recipe, vary: { seed: [1, 2], latent: [2, 3] } },
    ],
    ['a choice there is not', { type: 'clean', choices: { ...SENSIBLE_CHOICES, rails: 'mask' } }],
    ['one run to compare', { type: 'compare', ids: ['a'] }],
    ['a run compared with itself', { type: 'compare', ids: ['a', 'a'] }],
    ['nine runs to compare', { type: 'compare', ids: 'a,b,c,d,e,f,g,h,i'.split(',') }],
    [
      'a blind test that has more trials than were planned',
      { type: 'save-listening-test', test: { ...answeredTest('ABABABAB'), planned: 5 } },
    ],
    ['a map drawn too far apart', { type: 'draw-apart', amount: 201 }],
    ['a map drawn apart by nothing known', { type: 'draw-apart', amount: NaN }],
    ['null', null],
  ])('refuses %s with one sentence', (_, message) => {
    const error = outcome(parseCommand, message);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).toMatch(/^The request cannot be used.*\.$/);
  });

  it('names the setting at fault', () => {
    const message = { ...commands[2], recipe: { ...recipe, dropout: 2 } };
    expect(() => parseCommand(message)).toThrow('recipe.dropout');
  });
});

describe('isTrainerEvent', () => {
  it('goes by the type', () => {
    expect(isTrainerEvent({ type: 'phase', phase: 'training' })).toBe(true);
    expect(isTrainerEvent({ type: 'pause' })).toBe(false);
    expect(isTrainerEvent({ type: 'constructor' })).toBe(false);
    expect(isTrainerEvent({ type: ['phase'] })).toBe(false);
    expect(isTrainerEvent(null)).toBe(false);
  });

  it('has an answer to anything', () => {
    fc.assert(
      fc.property(foreign, (message) => {
        // The commands' types are none of the events', but for "audit".
        if (isTrainerEvent(message)) expect(message.type).toBe('audit');
      }),
    );
  });
});
