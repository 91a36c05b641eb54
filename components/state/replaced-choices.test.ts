import { describe, expect, it } from 'vitest';
import { SENSIBLE_CHOICES } from '../../src/recipe/audit-choices';
import { RECIPES } from '../../src/recipe/recipes';
import { replacedChoices } from './replaced-choices';

const { recipe } = RECIPES['seed-v2'];
const own = { ...recipe, audit: { ...recipe.audit, rails: 'drop' as const } };

describe('what is told when another preset brings other choices', () => {
  it('is what somebody had chosen', () => {
    const after = { ...recipe, preset: 'another', audit: SENSIBLE_CHOICES };
    expect(replacedChoices(own, after)).toBe(
      'The choices about the data are now those of another; yours were: gains at their limits dropped.',
    );
  });

  it('is nothing where nobody chose, nothing changes, or the preset stays', () => {
    const sensible = { ...recipe, preset: 'another', audit: SENSIBLE_CHOICES };
    expect(replacedChoices(recipe, sensible)).toBeNull();
    expect(replacedChoices(own, { ...own, preset: 'another' })).toBeNull();
    expect(replacedChoices(own, recipe)).toBeNull();
  });
});
