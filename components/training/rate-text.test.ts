import { describe, expect, it } from 'vitest';
import { rateText } from './rate-text';

describe('the rate of more epochs', () => {
  it.each([
    [
      { schedule: 'cosine', learningRate: 0.001, warmUp: 0.1 },
      'rises to 0.001 again and falls along a cosine to 0',
    ],
    [
      { schedule: 'cosine', learningRate: 0.002, warmUp: 0 },
      'begins at 0.002 again and falls along a cosine to 0',
    ],
    [
      { schedule: 'plateau', learningRate: 0.001, warmUp: 0.1 },
      'begins at 0.001 again and is halved',
    ],
  ] as const)('of %j is said', (recipe, text) => {
    expect(rateText(recipe)).toContain(text);
  });
});
