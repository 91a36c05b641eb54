import { describe, expect, it } from 'vitest';
import { syntheticExamples } from '../../testing/spec-grid';
import { knownVotes } from '../votes';
import { LazyVotes, stepsBySubmission } from './lazy-votes';

describe('the steps of an epoch whose votes are still to be found', () => {
  it('are submitted in parts that grow, the last with whatever is left', () => {
    expect(stepsBySubmission(1)).toEqual([1]);
    expect(stepsBySubmission(16)).toEqual([16]);
    expect(stepsBySubmission(17)).toEqual([16, 1]);
    expect(stepsBySubmission(100)).toEqual([16, 32, 52]);
    expect(stepsBySubmission(112)).toEqual([16, 32, 64]);
  });
});

describe('votes for the device', () => {
  it('are asked for once a row, of the run that the row belongs to', () => {
    const asked: string[] = [];
    const run = (name: string, rows: number) => ({
      examples: {
        ...syntheticExamples(rows),
        votes: {
          words: 2,
          of: (row: number) => {
            asked.push(`${name}${String(row)}`);
            return Float32Array.of(row, 1);
          },
        },
      },
    });
    const votes = new LazyVotes([run('a', 3), run('b', 2)]);
    expect(votes.length).toBe(10);
    votes.find(0, Uint32Array.of(2, 0));
    votes.find(1, Uint32Array.of(4, 4));
    expect(asked).toEqual(['a2', 'a0', 'b1']);
    expect(votes.complete).toBe(false);
    votes.find(1, Uint32Array.of(3, 4));
    votes.find(0, Uint32Array.of(0, 1, 2));
    expect(asked).toEqual(['a2', 'a0', 'b1', 'b0', 'a1']);
    expect(votes.complete).toBe(true);
  });

  it('are complete where there are none', () => {
    const votes = new LazyVotes([{ examples: syntheticExamples(4) }]);
    expect(votes.length).toBe(0);
    expect(votes.complete).toBe(true);
    const known = { ...syntheticExamples(4), votes: knownVotes(new Float32Array(8), 2) };
    expect(new LazyVotes([{ examples: known }]).complete).toBe(false);
  });
});
