import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SENSIBLE_CHOICES } from '../../src/recipe/audit-choices';
import { InputError } from '../../src/base/input-error';
import { fromFounding } from '../../src/model/normaliser-schema';
import { sampleModel, sampleProgress } from '../../src/testing/sample-model';
import { SMALL_SPEC } from '../../src/testing/small-spec';
import { RECIPES } from '../../src/recipe/recipes';
import { commandTypeOf, parseCommand, parseEvent } from './messages';
import type { Command, TrainerEvent } from './protocol';

const recipe = { ...RECIPES['seed-v2'].recipe, hidden: [64, 128, 64] };

const commands: Command[] = [
  { type: 'load-data', bytes: new ArrayBuffer(3), synthetic: false },
  { type: 'choose-engine', choice: 'wasm' },
  { type: 'start', words: ['bright', 'warm'], recipe, name: 'Seed V2', paused: true },
  { type: 'pause' },
  { type: 'step' },
  { type: 'resume' },
  { type: 'stop' },
  { type: 'open-model', bytes: new ArrayBuffer(0) },
  { type: 'open-link', fragment: '#wb1.x' },
  { type: 'list-runs' },
  { type: 'open-run', id: 'a' },
  { type: 'rename-run', id: 'a', name: 'b' },
  { type: 'delete-run', id: 'a' },
  { type: 'start-sweep', words: ['warm'], recipe, vary: { seed: [1, 2], contrastiveSelf: [true] } },
  { type: 'stop-sweep' },
  { type: 'export', what: 'layers-model' },
  { type: 'share' },
  { type: 'audit' },
  { type: 'clean', choices: SENSIBLE_CHOICES },
  { type: 'compare', ids: ['a', 'b'] },
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

describe('parseIntent', () => {
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

describe('parseTold', () => {
  const event: TrainerEvent[] = [
    { type: 'phase', phase: 'training' },
    {
      type: 'epoch',
      record: {
        epoch: 1,
        reconstruction: 0.1,
        contrastive: 4,
        kl: 0,
        total: 0.5,
        contrastiveWeight: 0.1,
        validation: null,
        klWeight: 0,
        learningRate: 0.001,
      },
      steps: 17,
      seconds: 0.5,
    },
    {
      type: 'model',
      source: 'training',
      document: {
        version: 1,
        spec: { ...SMALL_SPEC, hidden: [8] },
        normaliser: fromFounding({
          gainDb: [-12, 12],
          frequencyLog10: [1.3, 4.3],
          frequencyOffsetHz: 1,
          qLog10: [-1, 1],
        }),
        words: [{ word: '<b>warm</b>', rows: 3, centroid: [0, 1], schools: [] }],
        run: null,
      },
      weights: Float32Array.of(1, 2),
      map: {
        points: new Float32Array(2),
        labels: new Int32Array(1),
        heldOut: new Uint8Array(1),
        schools: new Uint8Array(1),
        origin: new Float32Array(2),
        axes: new Float32Array(4),
      },
      settings: new Float32Array(13),
    },
    {
      type: 'cleaned',
      cleaning: {
        choices: SENSIBLE_CHOICES,
        rowsLeft: 3,
        dropped: [{ id: 'exactDuplicates', rows: 1 }],
      },
      words: [{ word: '<b>warm</b>', rows: 3, contributors: 1, caution: null }],
    },
    {
      type: 'compared',
      runs: [
        {
          id: 'a',
          document: sampleModel().document,
          weights: Float32Array.of(1),
          map: null,
          history: [...sampleProgress().history],
        },
      ],
    },
    { type: 'refused', what: 'start', reason: 'Load a data set first.' },
    { type: 'trouble', reason: 'The GPU was lost.', fatal: false },
  ];

  it.each(event)('lets $type through unchanged', (message) => {
    expect(parseEvent(message)).toEqual(message);
  });

  it('lets an answer or an InputError out of anything', () => {
    fc.assert(
      fc.property(fc.oneof(foreign, fc.constantFrom(...event)), (message) => {
        const result = outcome(parseEvent, message);
        expect(result instanceof InputError || Object.hasOwn(result as TrainerEvent, 'type')).toBe(
          true,
        );
      }),
    );
  });

  it('refuses plain arrays where typed ones belong', () => {
    expect(() => parseEvent({ ...event[2], weights: [1, 2] })).toThrow(InputError);
  });
});
