import { describe, expect, it } from 'vitest';
import { earlierScoreboard, sampleModel } from '../../src/testing/sample-model';
import { EMPTY_TIMELINE } from '../../src/timeline/timeline';
import { epochsToLookAt, frameLookedAt, scoreboardLookedAt } from './look-back';

const frames = [0, 1, 2].map((epoch) => ({
  epoch,
  points: new Float32Array(10),
  settings: null,
}));
const scoreboards = [{ ...earlierScoreboard({ silhouette: 0.5 }), epoch: 1 }];
/** Of epoch 2. */
const model = { ...sampleModel(), source: 'run', settings: null, contributors: null } as const;
const looked = { cursor: null, timeline: { frames, scoreboards }, model };

describe('looking back', () => {
  it('is possible at each kept epoch before the model’s own, which is the last', () => {
    expect(epochsToLookAt(looked)).toEqual([0, 1, 2]);
    const later = { frames: frames.slice(2), scoreboards };
    expect(epochsToLookAt({ ...looked, timeline: later })).toEqual([]);
    expect(epochsToLookAt({ ...looked, timeline: EMPTY_TIMELINE })).toEqual([]);
    expect(epochsToLookAt({ ...looked, model: null })).toEqual([]);
  });

  it('shows frame and figures of one epoch, or the model’s own', () => {
    expect(frameLookedAt(looked)).toBeNull();
    expect(scoreboardLookedAt(looked)).toBe(model.document.run?.scoreboard);
    expect(frameLookedAt({ ...looked, cursor: 1 })).toBe(frames[1]);
    expect(scoreboardLookedAt({ ...looked, cursor: 1 })).toBe(scoreboards[0]);
    expect(scoreboardLookedAt({ ...looked, cursor: 0 })).toBeNull();
  });
});
