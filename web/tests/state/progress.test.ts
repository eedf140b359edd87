import { describe, expect, it } from 'vitest';
import { answerLog } from '../../src/state/progress/answer_log.ts';
import { asking, callList } from '../../src/state/progress/call_list.ts';
import { askedWords, helpRequests } from '../../src/state/progress/help_requests.ts';
import {
  helpWords,
  leftWords,
  progressWords,
  standWords,
} from '../../src/state/progress/progress_words.ts';
import { sharedIds, unreachedOf, unreachedWords } from '../../src/state/progress/unreached.ts';
import { ulid } from '../../src/state/ulid.ts';
import { alertOf, denver, hour, minute, noon, zoned } from '../build_alert.ts';

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
      '1 of 2 wards acknowledged · 1 closed · 0 of 0 PCs showed it',
    );
    const opensAt = { ...zoned(noon + 17 * hour), zone: denver };
    expect(standWords({ state: 'CLOSED', opensAt }, noon)).toBe('Closed until Mon 07:00');
    expect(standWords({ state: 'CLOSED' }, noon)).toBe('Closed');
    expect(standWords({ state: 'DARK' }, noon)).toBe('Not reached');
  });

  it('says who needs downtime help, also after acknowledging', () => {
    expect(helpWords(0)).toBe('');
    expect(helpWords(1)).toBe('1 ward needs downtime help');
    expect(helpWords(2)).toBe('2 wards need downtime help');
    expect(standWords({ state: 'HELP' }, noon)).toBe('Needs downtime help');
    expect(standWords({ state: 'HELP', acknowledged: true }, noon)).toBe(
      'Needs downtime help, acknowledged',
    );
  });

  it('says since when a ward is not in the audience', () => {
    expect(leftWords({}, noon)).toBe('');
    const leftAt = { ...zoned(noon - hour), zone: denver };
    expect(leftWords({ leftAt }, noon)).toBe('not in the audience since 13:00');
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

  it('leaves out a ward that left the audience, unless it needs help', () => {
    const leftAt = zoned(noon);
    const byWard = [
      { wardId: 'a', state: 'DARK', leftAt },
      { wardId: 'b', state: 'HELP', leftAt },
      { wardId: 'c', state: 'SEEN' },
    ] as const;
    const rows = callList([{ alert: severe, progress: { byWard: [...byWard] } }], wards);
    expect(rows.map(({ wardId }) => wardId)).toEqual(['b', 'c']);
    expect(asking(rows)).toBe(1);
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

describe('help requests', () => {
  const at = (minutes: number) => new Date(noon + minutes * minute).toISOString();
  const ask = (help: 'STAFF' | 'DOWNTIME_PC' | 'CALL_ME', minutes: number) =>
    ({ response: 'NEED_HELP', help, round: 1, at: at(minutes) }) as const;

  it('are the wards that the broker counts, longest waiting first, through a new round', () => {
    const requests = helpRequests({
      round: 2,
      byWard: [
        { wardId: 'a', state: 'HELP', answers: [ask('STAFF', 9)] },
        { wardId: 'b', state: 'HELP', answers: [ask('STAFF', 4)] },
        { wardId: 'c', state: 'ACKNOWLEDGED', answers: [ask('STAFF', 1)] },
      ],
    });
    expect(requests.map(({ ward }) => ward.wardId)).toEqual(['b', 'a']);
  });

  it('say what was asked for since the ward acknowledged, each once', () => {
    const [request] = helpRequests({
      byWard: [
        {
          wardId: 'a',
          state: 'HELP',
          answers: [
            ask('CALL_ME', 0),
            { response: 'PROCEDURE_STARTED', round: 1, at: at(1) },
            ask('STAFF', 2),
            ask('DOWNTIME_PC', 3),
            ask('STAFF', 4),
          ],
        },
      ],
    });
    expect(request?.asked).toHaveLength(3);
    expect(askedWords(request?.asked ?? [])).toBe('staff, downtime PC');
    expect(askedWords([])).toBe('');
  });
});

describe('answers', () => {
  const answer = (wardId: string, version: number) =>
    ({ wardId, answerVersion: String(version), at: `2026-11-22T10:0${version}:00Z` }) as const;
  const progress = {
    byWard: [
      { wardId: 'a', name: 'A', answers: [answer('a', 3), answer('a', 4)], answersLeftOut: 2 },
      { wardId: 'b', name: 'B', answers: [answer('b', 5)] },
    ],
  };
  const names = (log: ReturnType<typeof answerLog>) =>
    log.answers.map((each) => `${each.wardName}${each.answer.answerVersion}`);

  it('are of all wards, newest first, and say how many are left out', () => {
    const log = answerLog(progress, []);
    expect(names(log)).toEqual(['B5', 'A4', 'A3']);
    expect(log.leftOut).toBe(2);
  });

  it('are whole with the timeline, each once, and count what came after it', () => {
    const timeline = [{}, ...[1, 2, 3, 4].map((each) => ({ answer: answer('a', each) }))];
    const log = answerLog(progress, timeline);
    expect(names(log)).toEqual(['B5', 'A4', 'A3', 'A2', 'A1']);
    expect(log.leftOut).toBe(0);
    const later = { byWard: [{ ...progress.byWard[0], answersLeftOut: 5 }] };
    expect(answerLog(later, timeline).leftOut).toBe(3);
  });
});

describe('PCs that were not reached', () => {
  const pc = (id: string, wardId: string) => ({ id, wardId });
  const since = new Date(noon - 28 * minute).toISOString();

  it('are told by ward, with those that are off apart', () => {
    const ward = unreachedOf('a', [
      { endpoint: pc('a1', 'a'), state: 'LOST' },
      { endpoint: pc('b1', 'b'), state: 'LOST' },
      { endpoint: pc('a2', 'a'), state: 'OFF' },
    ]);
    expect(ward.missing.map(({ endpoint }) => endpoint?.id)).toEqual(['a1']);
    expect(ward.off.map(({ endpoint }) => endpoint?.id)).toEqual(['a2']);
  });

  it('say why, and for how long', () => {
    const words = (state: 'LOST' | 'LOCKED' | 'OFF' | 'PENDING', at?: string) =>
      unreachedWords(at === undefined ? { state } : { state, since: at }, denver, noon);
    expect(words('LOST', since)).toBe('lost · last heard 13:32, 28 min ago');
    expect(words('LOCKED', since)).toBe(
      'locked, nobody could see it · delivered 13:32, 28 min ago',
    );
    expect(words('OFF')).toBe('never connected');
    expect(words('OFF', since)).toBe('last heard 13:32, 28 min ago');
    expect(words('PENDING')).toBe('connected, on its way');
  });

  it('are named if more than one machine uses their id', () => {
    expect(
      sharedIds([
        { endpoint: pc('a1', 'a') },
        { endpoint: pc('a2', 'a'), duplicate: true },
        { endpoint: pc('a3', 'a'), duplicate: false },
      ]),
    ).toEqual(['a2']);
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
