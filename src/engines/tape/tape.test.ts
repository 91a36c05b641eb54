import { describe, expect, it } from 'vitest';
import { parameterTable } from '../../model/parameter-table';
import { specOf } from '../../recipe/recipe';
import { RECIPES } from '../../recipe/recipes';
import { CASES, taskExamples, type GridTask } from '../../testing/spec-grid';
import { placeOf, type Layout } from './arena';
import { buildTape, tapeOptions } from './build-tape';
import { describeTape } from './describe-tape';
import { readState, writeState } from './flat-state';
import type { Matrix, Op, Tape } from './tape';
import { WASM_LAYOUT } from '../wasm/records';

const seedV2 = specOf(RECIPES['seed-v2'].recipe, 14);
const PLAIN: Layout = { panel: null, stride: (columns) => Math.ceil(columns / 4) * 4 };

const PARAMETERS_ALONE = { targets: false, mask: false } as const;

function tapeOf(task: GridTask, layout: Layout): Tape {
  return buildTape(task.spec, { ...tapeOptions(task.settings, taskExamples(task)), layout });
}

/**
 * What is wrong with the elements of a matrix, each by its place. Faults are collected and expected
 * to be none at once: an expectation an element would take minutes.
 *
 * @param faultOf null where an element is as it should be
 */
function faultsOf(
  { name, rows, columns }: Matrix,
  faultOf: (row: number, column: number) => string | null,
): string[] {
  const faults: string[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const fault = faultOf(row, column);
      if (fault !== null) faults.push(`${name}[${String(row)}, ${String(column)}] ${fault}`);
    }
  }
  return faults;
}

/** What an operation may change. */
function writtenBy(op: Op): Matrix[] {
  switch (op.op) {
    case 'gather':
      return [
        op.inputs,
        op.labels,
        ...[op.targets, op.mask, op.votes].filter((matrix) => matrix !== null),
      ];
    case 'linear':
      return [op.y, ...(op.finish.kept === null ? [] : [op.finish.kept])];
    case 'dropout':
      return [op.factors];
    case 'normalise':
      return [op.x, op.inverse, op.y, ...(op.finish.kept === null ? [] : [op.finish.kept])];
    case 'sample':
      return [op.deviation, op.z, op.losses];
    case 'sampleBack':
      return [op.meanGradient, op.logVarianceGradient];
    case 'unitRows':
      return [op.unit, op.transposed, op.inverse];
    case 'reconstruction':
      return [op.losses, op.gradient];
    case 'response':
      return [op.differences, op.losses, op.gradient];
    case 'similarity':
      return [op.pairs, op.logSums, op.shares, op.losses];
    case 'similarityBack':
      return [op.pairs, op.gradient];
    case 'wordLoss':
      return [op.losses, op.gradient];
    case 'unitRowsBack':
    case 'linearBack':
    case 'normaliseBack':
      return [op.gradient];
    case 'updateLinear':
      return [op.layer.weight.value, op.layer.transposed, op.layer.bias.value];
    case 'updateNorm':
      return [op.norm.scale.value, op.norm.shift.value];
    case 'sumLosses':
      return [];
  }
}

describe.each([
  ['panels', WASM_LAYOUT],
  ['plain rows', PLAIN],
])('the tape, laid out in %s', (_, layout) => {
  it.each(CASES)('gives every element of every matrix a place of its own: %s', (_, task) => {
    const tape = tapeOf(task, layout);
    const owners = new Array<string | undefined>(tape.arenaSize);
    for (const matrix of tape.matrices) {
      expect(matrix.offset % 16, matrix.name).toBe(0);
      const faults = faultsOf(matrix, (row, column) => {
        const place = placeOf(matrix, row, column);
        if (!(place < tape.arenaSize)) return 'lies beyond the arena';
        const owner = owners[place];
        owners[place] = matrix.name;
        return owner === undefined ? null : `lies on an element of ${owner}`;
      });
      expect(faults).toStrictEqual([]);
    }
  });

  it.each(CASES)('updates every tensor exactly once: %s', (_, task) => {
    const tape = tapeOf(task, layout);
    const updated = tape.phases.update.flatMap(writtenBy).map(({ name }) => name);
    const tensors = tape.parameters.map(({ entry }) => entry.name);
    const copies = tape.layers.map(({ transposed }) => transposed.name);
    expect(updated.toSorted()).toStrictEqual([...tensors, ...copies].toSorted());
  });

  it.each(CASES)('keeps a state, in the order of the parameter table: %s', (_, task) => {
    const tape = tapeOf(task, layout);
    const { total } = parameterTable(task.spec);
    const numbers = (from: number): Float32Array =>
      Float32Array.from({ length: total }, (_, i) => from + i);
    const state = { weights: numbers(1), firstMoment: numbers(1e4), secondMoment: numbers(2e4) };
    const arena = new Float32Array(tape.arenaSize);
    writeState(arena, tape, state);
    expect(readState(arena, tape)).toStrictEqual(state);
    for (const { weight, transposed } of tape.layers) {
      const faults = faultsOf(transposed, (row, column) => {
        const copy = arena[placeOf(transposed, row, column)];
        const original = arena[placeOf(weight.value, column, row)];
        return copy === original ? null : `is ${String(copy)}, not ${String(original)}`;
      });
      expect(faults).toStrictEqual([]);
    }
  });

  it.each(CASES)('never changes in the way back what the update still reads: %s', (_, task) => {
    const tape = tapeOf(task, layout);
    const kept = tape.phases.update.flatMap((op) => {
      if (op.op === 'updateLinear') return [op.x];
      return op.op === 'updateNorm' ? [op.unit] : [];
    });
    const changed = new Set(tape.phases.backward.flatMap(writtenBy));
    expect(kept.filter((matrix) => changed.has(matrix))).toStrictEqual([]);
  });
});

describe('describeTape', () => {
  it('names every operation and sums their arithmetic', () => {
    const tape = buildTape(seedV2, {
      batchSize: 64,
      dropout: true,
      ...PARAMETERS_ALONE,
      reconstruction: 'mse',
      layout: WASM_LAYOUT,
    });
    const lines = describeTape(tape).split('\n');
    expect(lines[0]).toMatch(
      /^116 operations a step, 57\.\d MFLOP for 64 rows, 139,501 parameters/,
    );
    expect(lines).toHaveLength(116 + 4);
    expect(lines[6]).toMatch(
      /^ *2 +forward +linear +inputs \[batch, 13\] × transposed encoder\.0\.0\.weight \[13, 64\] →/,
    );
  });

  it('tells a variational model from others, and one error from another', () => {
    const flowEq = { ...seedV2, body: 'plain', variational: true, projection: null } as const;
    const text = describeTape(
      buildTape(
        { ...flowEq, normalisation: 'none', latent: 2, hidden: [1024] },
        {
          ...PARAMETERS_ALONE,
          batchSize: 8,
          dropout: false,
          reconstruction: 'mae',
          layout: WASM_LAYOUT,
        },
      ),
    );
    expect(text).toContain(
      'normal with encoder.to_latent [batch, 2], exp encoder.to_log_variance [batch, 2] → ' +
        'latent [batch, 2], deviation [batch, 2], KL losses [1, batch]',
    );
    expect(text).toContain('mae of decoder.output_head [batch, 13], inputs [batch, 13]');
    expect(text).toContain('examples → inputs [batch, 13], labels [1, batch]');
    expect(text).toContain('Σ KL losses [1, batch] → losses of the step');
  });

  it('tells losses of curves and masked ones', () => {
    const options = { batchSize: 8, dropout: false, layout: WASM_LAYOUT, targets: true };
    const text = (reconstruction: 'response' | 'shape' | 'mse', mask: boolean): string =>
      describeTape(
        buildTape({ ...seedV2, input: 'response' }, { ...options, reconstruction, mask }),
      );
    expect(text('response', false)).toContain(
      'examples → inputs [batch, 64], targets [batch, 64], labels [1, batch]',
    );
    expect(text('shape', false)).toContain(
      'shape of decoder.output_head.2 [batch, 13], targets [batch, 64] →',
    );
    expect(text('mse', true)).toContain(
      'mse of decoder.output_head.2 [batch, 13], targets [batch, 13] where mask [batch, 13] →',
    );
  });

  it('asks for targets where inputs cannot be compared with', () => {
    const options = { batchSize: 8, dropout: false, layout: WASM_LAYOUT, ...PARAMETERS_ALONE };
    const build = (input: 'parameters' | 'response', reconstruction: 'mse' | 'shape') => () =>
      buildTape({ ...seedV2, input }, { ...options, reconstruction });
    expect(build('parameters', 'shape')).toThrow('needs targets');
    expect(build('response', 'mse')).toThrow('needs targets');
    expect(build('parameters', 'mse')).not.toThrow();
  });
});
