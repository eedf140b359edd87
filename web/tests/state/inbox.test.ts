import { describe, expect, it } from 'vitest';
import { board, isStale } from '../../src/state/endpoint/board.ts';
import { emptyState, type HeldAlert } from '../../src/state/endpoint/held.ts';
import { forgettable, inbox } from '../../src/state/endpoint/inbox.ts';
import { heldOf, hour, minute, noon, zoned } from '../build_alert.ts';

const stateOf = (...held: HeldAlert[]) => ({
  ...emptyState,
  held: new Map(held.map((each) => [each.alert.id ?? '', each])),
});
const ids = (held: HeldAlert[]) => held.map(({ alert }) => alert.id);

describe('inbox', () => {
  it('shows the most severe first, then the newest', () => {
    const { open } = inbox(
      stateOf(
        heldOf({ id: 'minor', severity: 'MINOR' }),
        heldOf({ id: 'old', publishedAt: zoned(noon - hour) }),
        heldOf({ id: 'new' }),
        heldOf({ id: 'danger', severity: 'EXTREME', kind: 'SECURITY' }),
        heldOf({ id: 'unknown', severity: 'UNSPECIFIED' }),
      ),
      noon,
    );
    expect(ids(open)).toEqual(['danger', 'new', 'old', 'unknown', 'minor']);
  });

  it('never puts a drill above a real notice of the same severity', () => {
    const { open } = inbox(
      stateOf(
        heldOf({ id: 'drill', status: 'EXERCISE', severity: 'MODERATE' }),
        heldOf({ id: 'real', severity: 'MODERATE', publishedAt: zoned(noon - hour) }),
      ),
      noon,
    );
    expect(ids(open)).toEqual(['real', 'drill']);
  });

  it('hides a cached copy after its time', () => {
    const held = heldOf({ expires: new Date(noon).toISOString() });
    expect(inbox(stateOf(held), noon - 1).open).toHaveLength(1);
    expect(inbox(stateOf(held), noon).open).toHaveLength(0);
  });

  it('shows an end only where the notice was shown', () => {
    const closed = { state: 'CLOSED', closing: 'ENDED' } as const;
    expect(inbox(stateOf(heldOf(closed, 0)), noon).ended).toHaveLength(0);
    expect(inbox(stateOf(heldOf(closed, 1)), noon).ended).toHaveLength(1);
  });

  it('keeps an all clear 4 hours, with back-entry 48, a recall 12', () => {
    const at = (part: object, age: number) =>
      inbox(stateOf(heldOf({ state: 'CLOSED', ...part })), noon + age).ended.length;
    expect(at({ closing: 'ENDED' }, 4 * hour - 1)).toBe(1);
    expect(at({ closing: 'ENDED' }, 4 * hour)).toBe(0);
    expect(at({ closing: 'ENDED', backEntry: ['Orders'] }, 47 * hour)).toBe(1);
    expect(at({ closing: 'ENDED', backEntry: ['Orders'] }, 48 * hour)).toBe(0);
    expect(at({ closing: 'RECALLED' }, 12 * hour - 1)).toBe(1);
    expect(at({ closing: 'RECALLED' }, 12 * hour)).toBe(0);
    expect(at({ closing: 'EXPIRED' }, minute)).toBe(0);
  });

  it('replaces an all clear by a new notice about the same service, but not a recall', () => {
    const open = heldOf({ id: 'new' });
    const cleared = heldOf({ id: 'old', state: 'CLOSED', closing: 'ENDED' });
    const recalled = heldOf({ id: 'mistake', state: 'CLOSED', closing: 'RECALLED' });
    expect(ids(inbox(stateOf(open, cleared, recalled), noon).ended)).toEqual(['mistake']);
  });

  it('forgets closed alerts after a week', () => {
    const closed = heldOf({ state: 'CLOSED', closing: 'ENDED' });
    expect(forgettable(closed, noon + 6 * 24 * hour)).toBe(false);
    expect(forgettable(closed, noon + 8 * 24 * hour)).toBe(true);
    expect(forgettable(heldOf(), noon + 30 * 24 * hour)).toBe(false);
  });
});

describe('a public board', () => {
  it('shows no security and no emergency notice', () => {
    const shown = board(
      stateOf(
        heldOf({ id: 's', kind: 'SECURITY' }),
        heldOf({ id: 'e', kind: 'EMERGENCY' }),
        heldOf({ id: 'o', kind: 'OUTAGE' }),
      ),
      noon,
    );
    expect(ids(shown)).toEqual(['o']);
  });

  it('shows them when it is marked staff-only', () => {
    const state = stateOf(heldOf({ kind: 'SECURITY' }));
    const settings = { endpoint: { id: 'or-board-01', tags: ['staff-only'] } };
    expect(board({ ...state, settings }, noon)).toHaveLength(1);
  });

  it('is stale after 30 seconds without a word', () => {
    expect(isStale(noon, noon + 30_000)).toBe(false);
    expect(isStale(noon, noon + 30_001)).toBe(true);
  });
});
