import { describe, expect, it, vi } from 'vitest';
import { remembered } from '../kit/remembered';
import { EndNotices, type NoticeBoard } from './end-notices';

function board(parts: Partial<NoticeBoard>) {
  const show = vi.fn<(text: string) => void>();
  const items = new Map<string, string>();
  const wish = remembered('wish', () => ({
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
  }));
  const all: NoticeBoard = {
    ask: () => Promise.resolve(true),
    allowed: () => true,
    hidden: () => true,
    show,
    ...parts,
  };
  return { notices: new EndNotices(wish, all), show };
}

describe('what tells that a run has ended', () => {
  it('tells those who asked for it and look elsewhere, until they no longer want it', async () => {
    const { notices, show } = board({});
    notices.ended('Nobody asked.');
    expect(await notices.want(true)).toBe(true);
    notices.ended('Training is done.');
    expect(await notices.want(false)).toBe(false);
    notices.ended('No longer.');
    expect(show.mock.calls).toEqual([['Training is done.']]);
  });

  it('is silent on a page that is seen, and where it was refused', async () => {
    const seen = board({ hidden: () => false });
    await seen.notices.want(true);
    seen.notices.ended('Training is done.');
    expect(seen.show).not.toHaveBeenCalled();

    const refused = board({ ask: () => Promise.resolve(false), allowed: () => false });
    expect(await refused.notices.want(true)).toBe(false);
    refused.notices.ended('Training is done.');
    expect(refused.show).not.toHaveBeenCalled();
  });

  it('forgets what was allowed once and is so no longer', async () => {
    let allowed = true;
    const { notices, show } = board({ allowed: () => allowed });
    await notices.want(true);
    expect(notices.wanted).toBe(true);
    allowed = false;
    expect(notices.wanted).toBe(false);
    notices.ended('Training is done.');
    expect(show).not.toHaveBeenCalled();
  });
});
