import { describe, expect, it } from 'vitest';
import { answerLog, helpRequests } from '../../src/state/progress/answer_log.ts';
import { callList } from '../../src/state/progress/call_list.ts';
import { progressWords, standWords } from '../../src/state/progress/progress_words.ts';
import { ulid } from '../../src/state/ulid.ts';
import { alertOf, denver, hour, noon, zoned } from '../build_alert.ts';

describe('progress in words', () => {
  it('names who was not reached', () => {
    const progress = {
      wards: 31,
      wardsAcknowledged: 31,
      endpoints: 412,
      displayed: 400,
      unplaced: 4,
    };
    expect(progressWords(progress, true)).toBe(
      '31 of 31 wards acknowledged · 400 of 412 PCs showed it · 12 PCs not reached · 4 PCs without a ward',
    );
    expect(progressWords({ wards: 1 }, false)).toBe(
      '1 ward, no answer asked · 0 of 0 PCs showed it',
    );
  });

  it('tells a closed ward from one that was not reached', () => {
    expect(progressWords({ wards: 3, wardsAcknowledged: 1, wardsClosed: 1 }, true)).toBe(
      '1 of 3 wards acknowledged, 1 closed · 0 of 0 PCs showed it',
    );
    const opensAt = { ...zoned(noon + 17 * hour), zone: denver };
    expect(standWords({ state: 'CLOSED', opensAt }, noon)).toBe('Closed until Mon 07:00');
    expect(standWords({ state: 'CLOSED' }, noon)).toBe('Closed');
    expect(standWords({ state: 'DARK' }, noon)).toBe('Not reached');
  });
});

describe('call list', () => {
  const wards = ['a', 'b', 'c', 'd'].map((id) => ({
    id,
    name: id.toUpperCase(),
    phones: [`1${id}`, `2${id}`],
  }));
  const severe = alertOf({ id: 'S', asksAnswer: true });
  const mild = alertOf({ id: 'M', severity: 'MODERATE', asksAnswer: false });

  it('puts help first, then those of whom least is known, in walking order', () => {
    const progress = {
      byWard: [
        { wardId: 'a', state: 'SEEN' },
        { wardId: 'b', state: 'DARK' },
        { wardId: 'c', state: 'ACKNOWLEDGED' },
        { wardId: 'd', state: 'HELP' },
        { wardId: 'closed', state: 'CLOSED' },
      ],
    } as const;
    const rows = callList([{ alert: severe, progress: { byWard: [...progress.byWard] } }], wards);
    expect(rows.map(({ wardId }) => wardId)).toEqual(['d', 'b', 'a']);
    expect(rows[0]?.phones).toEqual(['1d', '2d']);
  });

  it('lists wards of notices that ask no answer only for help', () => {
    const byWard = [
      { wardId: 'a', state: 'DARK' },
      { wardId: 'b', state: 'HELP' },
    ] as const;
    const rows = callList([{ alert: mild, progress: { byWard: [...byWard] } }], wards);
    expect(rows.map(({ wardId }) => wardId)).toEqual(['b']);
  });

  it('is one row for a ward with several notices, most pressing first', () => {
    const rows = callList(
      [
        { alert: mild, progress: { byWard: [{ wardId: 'a', state: 'HELP' }] } },
        { alert: severe, progress: { byWard: [{ wardId: 'a', state: 'DARK' }] } },
      ],
      wards,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.reasons.map(({ alert }) => alert.id)).toEqual(['M', 'S']);
  });
});

describe('answers', () => {
  const progress = {
    round: 2,
    byWard: [
      {
        wardId: 'a',
        name: 'A',
        answers: [{ response: 'NEED_HELP', round: 1, at: '2026-11-22T10:00:00Z' }],
      },
      {
        wardId: 'b',
        name: 'B',
        answers: [{ response: 'NEED_HELP', round: 2, at: '2026-11-22T11:00:00Z' }],
      },
    ],
  } as const;
  it('show help of the round that counts, and everything in the log, newest first', () => {
    const sums = structuredClone(progress) as never;
    expect(helpRequests(sums).map(({ wardName }) => wardName)).toEqual(['B']);
    expect(answerLog(sums).map(({ wardName }) => wardName)).toEqual(['B', 'A']);
  });
});

describe('ulid', () => {
  it('has 26 characters, and grows with time', () => {
    const zero = new Uint8Array(10);
    expect(ulid(0, zero)).toBe('00000000000000000000000000');
    expect(ulid(1469922850259, zero).slice(0, 10)).toBe('01ARZ3NDEK');
    expect(
      ulid(
        0,
        zero.map(() => 255),
      ),
    ).toBe(`0000000000${'Z'.repeat(16)}`);
    expect(
      ulid(2, zero) >
        ulid(
          1,
          zero.map(() => 255),
        ),
    ).toBe(true);
  });
});
