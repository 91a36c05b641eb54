/** The model's tensors in the arena, and Adam's memory of them. */
import { parameterTable } from '../../model/parameter-table';
import type { ModelSpec } from '../../recipe/model-spec';
import type { Arena } from './arena';
import type { LayerNorm, LinearLayer, Matrix, Parameter } from './tape';

/** Every tensor of a model by the name of what it belongs to. */
export class TapeParameters {
  /** In the order of the parameter table. */
  readonly all: readonly Parameter[];
  readonly layers: readonly LinearLayer[];
  readonly #byName: ReadonlyMap<string, Parameter>;
  readonly #layersByName: ReadonlyMap<string, LinearLayer>;

  constructor(spec: ModelSpec, arena: Arena) {
    const { entries } = parameterTable(spec);
    const matricesOf = (what: string): Matrix[] =>
      entries.map(({ name, shape, role }) => {
        const [rows = 1, columns = 1] = shape.length === 2 ? shape : [1, ...shape];
        return role === 'weight'
          ? arena.panels(`${what}${name}`, rows, columns)
          : arena.rowMajor(`${what}${name}`, rows, columns);
      });
    // Weights together, then each moment: what is read and written together lies together.
    const values = matricesOf('');
    const firstMoments = matricesOf('first moment of ');
    const secondMoments = matricesOf('second moment of ');
    this.all = entries.map((entry, i) => ({
      entry,
      value: at(values, i),
      firstMoment: at(firstMoments, i),
      secondMoment: at(secondMoments, i),
    }));
    this.#byName = new Map(this.all.map((parameter) => [parameter.entry.name, parameter]));
    this.#layersByName = new Map(
      this.all
        .filter(({ entry }) => entry.role === 'weight')
        .map((weight) => {
          const prefix = weight.entry.name.replace(/\.weight$/, '');
          const { rows, columns } = weight.value;
          const transposed = arena.panels(`transposed ${weight.entry.name}`, columns, rows);
          return [prefix, { weight, transposed, bias: this.#tensor(`${prefix}.bias`) }];
        }),
    );
    this.layers = [...this.#layersByName.values()];
  }

  layer(prefix: string): LinearLayer {
    const layer = this.#layersByName.get(prefix);
    if (layer === undefined) throw new Error(`The model has no linear layer ${prefix}.`);
    return layer;
  }

  norm(prefix: string): LayerNorm {
    return { scale: this.#tensor(`${prefix}.weight`), shift: this.#tensor(`${prefix}.bias`) };
  }

  #tensor(name: string): Parameter {
    const parameter = this.#byName.get(name);
    if (parameter === undefined) throw new Error(`The model has no tensor ${name}.`);
    return parameter;
  }
}

function at(matrices: readonly Matrix[], i: number): Matrix {
  const matrix = matrices[i];
  if (matrix === undefined) throw new Error('There are fewer matrices than tensors.');
  return matrix;
}
