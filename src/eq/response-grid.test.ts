import { expect, it } from 'vitest';
import { smallRows } from '../testing/small-run';
import { gridResponses, rememberedResponses } from './response-grid';

it('remembers responses by their settings, and gives the same bits', () => {
  const settings = smallRows(12).map(({ setting }) => setting);
  const responsesOf = rememberedResponses();
  expect(responsesOf(settings)).toEqual(gridResponses(settings));
  const mixed = [...smallRows(14).slice(12), ...smallRows(12)].map(({ setting }) => setting);
  mixed.splice(1, 0, ...settings.slice(3, 7).reverse());
  expect(responsesOf(mixed)).toEqual(gridResponses(mixed));
  expect(responsesOf([])).toEqual(new Float32Array(0));
});
