import { describe, expect, it } from 'vitest';
import type { AlertJson } from '../../src/gen/wardcast/v1/alert_pb.ts';
import type { GetSettingsResponseJson } from '../../src/gen/wardcast/v1/endpoint_service_pb.ts';
import { answerLines } from '../../src/state/endpoint/answer_lines.ts';
import { emptyState, type HeldAlert } from '../../src/state/endpoint/held.ts';
import { inbox } from '../../src/state/endpoint/inbox.ts';
import { nextUpdateFact, startFact } from '../../src/state/time/notice_times.ts';
import { alertOf, denver, heldOf, hour, minute, noon, zoned } from '../build_alert.ts';

const settings: GetSettingsResponseJson = {
  ward: { id: '4w', name: '4 West' },
  site: { id: 'main' },
};
const stateOf = (...held: HeldAlert[]) => ({
  ...emptyState,
  settings,
  held: new Map(held.map((each) => [each.alert.id ?? '', each])),
});
const ids = (held: HeldAlert[]) => held.map(({ alert }) => alert.id);
const ended: AlertJson = { id: 'over', state: 'CLOSED', closing: 'ENDED', backEntry: ['Orders'] };
const seen = (held: HeldAlert): HeldAlert => ({
  ...held,
  marks: { ...held.marks, closingSeen: true },
});

describe('an end', () => {
  it('stays as long as the broker says', () => {
    const stripUntil = new Date(noon + 30 * minute).toISOString();
    for (const closing of ['ENDED', 'RECALLED'] as const) {
      const state = stateOf(heldOf({ ...ended, closing, stripUntil }));
      expect(inbox(state, noon + 30 * minute - 1).ended).toHaveLength(1);
      expect(inbox(state, noon + 30 * minute).ended).toHaveLength(0);
    }
  });

  it('of an outage stays as a strip when seen; a recall goes', () => {
    expect(inbox(stateOf(seen(heldOf(ended))), noon).ended).toHaveLength(1);
    const recall = heldOf({ ...ended, closing: 'RECALLED' });
    expect(inbox(stateOf(seen(recall)), noon).ended).toHaveLength(0);
  });

  it('goes when the ward has done its back-entry, here or elsewhere', () => {
    const held = heldOf(ended);
    const done = { alertId: 'over', wardId: '4w', response: 'BACK_ENTRY_DONE' } as const;
    expect(inbox(stateOf({ ...held, answers: [done] }), noon).ended).toHaveLength(0);
    const other = { ...done, wardId: 'icu' };
    expect(inbox(stateOf({ ...held, answers: [other] }), noon).ended).toHaveLength(1);
    const here = { ...held, marks: { ...held.marks, backEntryDone: true } };
    expect(inbox(stateOf(here), noon).ended).toHaveLength(0);
  });

  it('gives way to what is down, not to what is only planned, told or exercised', () => {
    const with_ = (part: AlertJson) =>
      ids(inbox(stateOf(heldOf(ended), heldOf({ id: 'other', ...part })), noon).ended);
    const planned = { kind: 'PLANNED_DOWNTIME', start: zoned(noon + hour) } as const;
    expect(with_({})).toEqual([]);
    expect(with_({ ...planned, phase: 'ANNOUNCED' })).toEqual(['over']);
    expect(with_({ ...planned, startedAt: zoned(noon) })).toEqual([]);
    expect(with_({ kind: 'INFORMATION' })).toEqual(['over']);
    expect(with_({ status: 'EXERCISE' })).toEqual(['over']);
    expect(with_({ services: ['imaging'] })).toEqual(['over']);
  });

  it('comes where nothing is down any more, although others still wait', () => {
    const part = (displayed: number) =>
      stateOf(heldOf({ ...ended, state: 'ACTIVE', cleared: [{ at: zoned(noon) }] }, displayed));
    expect(ids(inbox(part(1), noon).ended)).toEqual(['over']);
    expect(inbox(part(1), noon).open).toEqual([]);
    expect(inbox(part(0), noon).ended).toEqual([]);
    const elsewhere = heldOf({ cleared: [{ at: zoned(noon), sites: ['south'] }] });
    expect(inbox(stateOf(elsewhere), noon).open).toHaveLength(1);
  });
});

describe('what is not out yet', () => {
  it('is not on the wards', () => {
    for (const state of ['DRAFT', 'PENDING_APPROVAL', 'SCHEDULED'] as const) {
      expect(inbox(stateOf(heldOf({ state })), noon).open).toHaveLength(0);
    }
  });
});

describe('an answer of a round before', () => {
  const answer = {
    wardId: '4w',
    round: 1,
    response: 'PROCEDURE_STARTED',
    by: '4W-PC-01',
    person: { initials: 'J.R.' },
  } as const;
  const line = (part: AlertJson) => {
    const held = { ...heldOf({ round: 2, ...part }), answers: [answer] };
    return answerLines(held, '4w', '4 West', new Map()).lines[0];
  };

  it('is by the previous shift when a shift begins', () => {
    expect(line({ occasion: 'SHIFT_START' })).toMatchObject({
      text: '4 West: procedure started · J.R., 4W-PC-01, by the previous shift',
      case: 'before',
    });
  });

  it('was before the change when the notice changed, and is asked for again', () => {
    expect(line({ occasion: 'CHANGED' })).toMatchObject({
      text: '4 West answered before the change: procedure started (J.R., 4W-PC-01)',
      case: 'earlier',
    });
  });

  it('is simply told with a reminder', () => {
    expect(line({ occasion: 'REMINDER' })?.text).toBe('4 West: procedure started · J.R., 4W-PC-01');
  });
});

describe('the times of planned work', () => {
  it('begin when a person said so', () => {
    const plan = alertOf({
      kind: 'PLANNED_DOWNTIME',
      phase: 'CONFIRMED',
      start: zoned(noon - hour),
      startedAt: zoned(noon - 10 * minute),
    });
    expect(startFact(plan, denver, noon)).toMatchObject({ label: 'Since', value: '13:50' });
  });

  it('stay overdue while no update has come', () => {
    const alert = alertOf({ nextUpdate: zoned(noon + 30 * minute), missedUpdates: 2 });
    expect(nextUpdateFact(alert, denver, noon)).toMatchObject({
      value: '14:30',
      aside: 'update overdue',
      late: true,
    });
  });
});
