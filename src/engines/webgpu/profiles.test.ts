import { expect, it } from 'vitest';
import { PROFILES, profilesFor } from './profiles';

it('needs no feature of any device, and uses subgroups where they are', () => {
  expect(profilesFor(false, new Set())).toEqual(['hardware']);
  expect(profilesFor(false, new Set(['subgroups', 'shader-f16']))).toEqual([
    'subgroups',
    'hardware',
  ]);
  expect(profilesFor(true, new Set(['subgroups']))).toEqual(['software']);
});

it('falls back on kernels that ask for no feature', () => {
  for (const software of [true, false]) {
    const last = profilesFor(software, new Set(['subgroups'])).at(-1);
    expect(last && PROFILES[last].subgroups).toBe(false);
  }
});
