/** A tape in words and figures, for people. */
import { thousands } from '../../base/number-text';
import { PHASES, type Finish, type GradientFinish, type Matrix, type Op, type Tape } from './tape';

/**
 * One line an operation: number, phase, what it does to which matrices (with their shapes), and
 * its floating-point operations for a whole batch, in thousands.
 */
export function describeTape(tape: Tape): string {
  const ops = PHASES.flatMap((phase) => tape.phases[phase].map((op) => ({ phase, op })));
  const lines = ops.map(({ phase, op }, i) => [
    String(i),
    phase,
    op.op,
    wordsOf(op),
    (flopsOf(op, tape.batchSize) / 1000).toFixed(1),
  ]);
  const total = ops.reduce((sum, { op }) => sum + flopsOf(op, tape.batchSize), 0);
  const weights = tape.parameters.reduce((sum, { entry }) => sum + entry.size, 0);
  return [
    `${String(ops.length)} operations a step, ${(total / 1e6).toFixed(1)} MFLOP for ` +
      `${String(tape.batchSize)} rows, ${thousands(weights)} parameters, ` +
      `arena of ${thousands(tape.arenaSize * 4)} bytes.`,
    'Names are the tensors’, without encoder_layers, decoder_layers and main_path.',
    '',
    ...table([['#', 'phase', 'op', 'operands', 'kFLOP'], ...lines]),
  ].join('\n');
}

function table(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines.map((line) =>
    line
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        const numeric = column === 0 || column === line.length - 1;
        return numeric ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  '),
  );
}

function wordsOf(op: Op): string {
  switch (op.op) {
    case 'gather':
      return `examples → ${[op.inputs, op.targets, op.mask, op.votes, op.labels]
        .flatMap((matrix) => (matrix === null ? [] : [shown(matrix)]))
        .join(', ')}`;
    case 'linear':
      return `${shown(op.x)} × ${shown(op.layer.transposed)} → ${shown(op.y)}${finish(op.finish)}`;
    case 'dropout':
      return `site ${String(op.site)} → ${shown(op.factors)}`;
    case 'normalise':
      return `${shown(op.x)} → ${shown(op.y)}${finish(op.finish)}`;
    case 'unitRows':
      return `${shown(op.x)} → ${shown(op.unit)}, ${shown(op.transposed)}`;
    case 'reconstruction':
      return (
        `${op.kind} of ${shown(op.output)}, ${shown(op.target)}` +
        `${op.mask === null ? '' : ` where ${shown(op.mask)}`} → ${shown(op.losses)}, ` +
        `${shown(op.gradient)}${gradientFinish(op.finish)}`
      );
    case 'response':
      return (
        `${op.levelFree ? 'shape' : 'response'} of ${shown(op.output)}, ${shown(op.target)} → ` +
        `${shown(op.losses)}, ${shown(op.gradient)}${gradientFinish(op.finish)}`
      );
    case 'sample':
      return (
        `normal with ${shown(op.mean)}, exp ${shown(op.logVariance)} → ${shown(op.z)}, ` +
        `${shown(op.deviation)}, ${shown(op.losses)}`
      );
    case 'similarity':
      return (
        `${shown(op.unit)} × ${shown(op.transposed)} → ${shown(op.pairs)}, ` +
        `${shown(op.logSums)}, ${shown(op.losses)}`
      );
    case 'similarityBack':
      return `${shown(op.pairs)} × ${shown(op.unit)} → ${shown(op.gradient)}`;
    case 'unitRowsBack':
      return `${shown(op.unitGradient)} → ${shown(op.gradient)}${gradientFinish(op.finish)}`;
    case 'sampleBack':
      return (
        `${shown(op.outputGradient)} → ${shown(op.meanGradient)}, ` + shown(op.logVarianceGradient)
      );
    case 'wordLoss':
      return `${shown(op.logits)}, ${shown(op.votes)} → ${shown(op.losses)}, ${shown(op.gradient)}`;
    case 'linearBack':
      return (
        `${shown(op.outputGradient)} × ${shown(op.layer.weight.value)} → ` +
        `${shown(op.gradient)}${gradientFinish(op.finish)}`
      );
    case 'normaliseBack':
      return `${shown(op.outputGradient)} → ${shown(op.gradient)}`;
    case 'updateLinear':
      return `${shown(op.outputGradient)}ᵀ × ${shown(op.x)} → ${shown(op.layer.weight.value)}, bias`;
    case 'updateNorm':
      return `Σ ${shown(op.outputGradient)} → ${shown(op.norm.scale.value)}, shift`;
    case 'sumLosses':
      return `${lossesOf(op)
        .map((losses) => `Σ ${shown(losses)}`)
        .join(', ')} → losses of the step`;
  }
}

function lossesOf({ reconstruction, contrastive, kl }: Extract<Op, { op: 'sumLosses' }>): Matrix[] {
  return [reconstruction, contrastive, ...(kl === null ? [] : [kl])];
}

function shown({ name, rows, columns, batch }: Matrix): string {
  const side = (size: number, isBatch: boolean): string => (isBatch ? 'batch' : String(size));
  const down = side(rows, batch === 'rows' || batch === 'both');
  const across = side(columns, batch === 'columns' || batch === 'both');
  return `${shortened(name)} [${down}, ${across}]`;
}

/** The tensors' names say some things twice. */
function shortened(name: string): string {
  return name.replace(/\b(en|de)coder\.(en|de)coder_layers\b/, '$1coder').replace('.main_path', '');
}

function finish({ add, activation, factors }: Finish): string {
  return finishWords(add, activation, factors);
}

function gradientFinish({ add, activation, factors }: GradientFinish): string {
  return finishWords(add, activation === 'none' ? activation : `${activation}′`, factors);
}

function finishWords(add: Matrix | null, activation: string, factors: Matrix | null): string {
  return [
    add === null ? '' : `; + ${shown(add)}`,
    activation === 'none' ? '' : `; ${activation}`,
    factors === null ? '' : `; ⊙ ${shown(factors)}`,
  ].join('');
}

/** Multiplications and additions of the matrix products, and a few an element elsewhere. */
export function flopsOf(op: Op, batch: number): number {
  switch (op.op) {
    case 'linear':
    case 'linearBack':
      return 2 * batch * op.layer.weight.entry.size;
    case 'updateLinear':
      // The product over the batch, then Adam.
      return (2 * batch + 12) * op.layer.weight.entry.size;
    case 'similarity':
    case 'similarityBack':
      return (2 * op.unit.columns + 8) * batch * batch;
    case 'normalise':
      return 9 * batch * op.x.columns;
    case 'normaliseBack':
      return 9 * batch * op.unit.columns;
    case 'updateNorm':
      return (3 * batch + 24) * op.unit.columns;
    case 'unitRows':
      return 3 * batch * op.unit.columns;
    case 'unitRowsBack':
      return 5 * batch * op.unit.columns;
    case 'reconstruction':
      return 6 * batch * op.output.columns;
    case 'response':
      // Of each of five bands at each point, some 10 for the curve and 20 for the way back.
      return 5 * 30 * batch * op.target.columns;
    case 'sample':
      return 20 * batch * op.mean.columns;
    case 'sampleBack':
      return 15 * batch * op.mean.columns;
    case 'wordLoss':
      return 20 * batch * op.logits.columns;
    case 'sumLosses':
      return lossesOf(op).length * batch;
    case 'gather':
    case 'dropout':
      return 0;
  }
}
