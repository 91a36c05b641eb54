import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sharedFile } from '../testing/shared-files';
import { SMALL_SPEC } from '../testing/small-spec';
import { specOf } from '../recipe/recipe';
import { RECIPES } from '../recipe/recipes';
import { blocksOf, parameterTable } from './parameter-table';
import { readSafetensors } from './safetensors';
import type { ModelSpec } from '../recipe/model-spec';

const seedV2 = specOf(RECIPES['seed-v2'].recipe, 14);
const published = sharedFile('reference/seed-v2.safetensors');
const small: ModelSpec = { ...SMALL_SPEC, hidden: [13, 5], normalisation: 'none' };

describe('parameterTable', () => {
  it("counts Seed V2's 139,501 parameters, laid end to end", () => {
    const { entries, total } = parameterTable(seedV2);
    expect(total).toBe(139_501);
    let offset = 0;
    for (const entry of entries) {
      expect(entry.offset).toBe(offset);
      expect(entry.size).toBe(entry.shape.reduce((product, n) => product * n, 1));
      offset += entry.size;
    }
    expect(offset).toBe(total);
  });

  it.skipIf(published === null)(
    "has the published model's names and shapes (needs ../shared/reference)",
    () => {
      const { tensors } = readSafetensors(readFileSync(published ?? ''));
      const { entries } = parameterTable(seedV2);
      expect(entries.length).toBe(tensors.size);
      for (const { name, shape } of entries) expect(tensors.get(name)?.shape).toEqual(shape);
    },
  );

  it('leaves out what a spec does not have: skips of equal sizes, norms, projection', () => {
    const { entries } = parameterTable(small);
    const weights = entries.filter(({ name }) => name.endsWith('.weight'));
    expect(weights.map(({ name, shape }) => `${name} ${shape.join('×')}`)).toEqual([
      'encoder.encoder_layers.0.main_path.0.weight 13×13',
      'encoder.encoder_layers.0.main_path.4.weight 13×13',
      'encoder.encoder_layers.1.main_path.0.weight 5×13',
      'encoder.encoder_layers.1.main_path.4.weight 5×5',
      'encoder.encoder_layers.1.skip.weight 5×13',
      'encoder.to_latent.0.weight 5×5',
      'encoder.to_latent.2.weight 2×5',
      'decoder.decoder_layers.0.main_path.0.weight 5×2',
      'decoder.decoder_layers.0.main_path.4.weight 5×5',
      'decoder.decoder_layers.0.skip.weight 5×2',
      'decoder.decoder_layers.1.main_path.0.weight 13×5',
      'decoder.decoder_layers.1.main_path.4.weight 13×13',
      'decoder.decoder_layers.1.skip.weight 13×5',
      'decoder.output_head.0.weight 13×13',
      'decoder.output_head.2.weight 13×13',
    ]);
  });
});

describe('parameterTable of a plain body', () => {
  const named = (spec: ModelSpec): string[] =>
    parameterTable(spec).entries.map(({ name, shape }) => `${name} ${shape.join('×')}`);

  it('has one linear layer and one norm a hidden layer, and one a head', () => {
    expect(named({ ...small, body: 'plain', normalisation: 'layer', hidden: [7, 5] })).toEqual([
      'encoder.encoder_layers.0.0.weight 7×13',
      'encoder.encoder_layers.0.0.bias 7',
      'encoder.encoder_layers.0.1.weight 7',
      'encoder.encoder_layers.0.1.bias 7',
      'encoder.encoder_layers.1.0.weight 5×7',
      'encoder.encoder_layers.1.0.bias 5',
      'encoder.encoder_layers.1.1.weight 5',
      'encoder.encoder_layers.1.1.bias 5',
      'encoder.to_latent.weight 2×5',
      'encoder.to_latent.bias 2',
      'decoder.decoder_layers.0.0.weight 5×2',
      'decoder.decoder_layers.0.0.bias 5',
      'decoder.decoder_layers.0.1.weight 5',
      'decoder.decoder_layers.0.1.bias 5',
      'decoder.decoder_layers.1.0.weight 7×5',
      'decoder.decoder_layers.1.0.bias 7',
      'decoder.decoder_layers.1.1.weight 7',
      'decoder.decoder_layers.1.1.bias 7',
      'decoder.output_head.weight 13×7',
      'decoder.output_head.bias 13',
    ]);
  });

  it('is flowEQ’s when it is variational', () => {
    expect(named({ ...small, body: 'plain', variational: true, hidden: [1024] })).toEqual([
      'encoder.encoder_layers.0.0.weight 1024×13',
      'encoder.encoder_layers.0.0.bias 1024',
      'encoder.to_latent.weight 2×1024',
      'encoder.to_latent.bias 2',
      'encoder.to_log_variance.weight 2×1024',
      'encoder.to_log_variance.bias 2',
      'decoder.decoder_layers.0.0.weight 1024×2',
      'decoder.decoder_layers.0.0.bias 1024',
      'decoder.output_head.weight 13×1024',
      'decoder.output_head.bias 13',
    ]);
  });
});

describe('blocksOf', () => {
  it('mirrors the encoder in the decoder', () => {
    const sizes = (half: 'encoder' | 'decoder'): number[][] =>
      blocksOf({ ...small, hidden: [7, 8, 9] }, half).map(({ inputs, outputs }) => [
        inputs,
        outputs,
      ]);
    expect(sizes('encoder')).toEqual([
      [13, 7],
      [7, 8],
      [8, 9],
    ]);
    expect(sizes('decoder')).toEqual([
      [2, 9],
      [9, 8],
      [8, 7],
    ]);
  });
});
