import { describe, expect, it } from 'vitest';
import type { AlertJson } from '../../src/gen/wardcast/v1/alert_pb.ts';
import type { WardAnswerJson } from '../../src/gen/wardcast/v1/answer_pb.ts';
import { answerLines } from '../../src/state/endpoint/answer_lines.ts';
import { endOfDrill } from '../../src/state/endpoint/drill.ts';
import { emptyState, type HeldAlert } from '../../src/state/endpoint/held.ts';
import { inbox } from '../../src/state/endpoint/inbox.ts';
import { pressItem } from '../../src/state/endpoint/press.ts';
import { askedFor, askedWords } from '../../src/state/progress/help_requests.ts';
import { heldOf, hour, minute, noon, zoned } from '../build_alert.ts';

const stateOf = (...held: HeldAlert[]) => ({
  ...emptyState,
  held: new Map(held.map((each) => [each.alert.id ?? '', each])),
});
const ids = (held: HeldAlert[]) => held.map(({ alert }) => alert.id);

// Of two hours, displayed here.
const drillOf = (part: AlertJson = {}, displayed = 1) =>
  heldOf(
    {
      id: 'drill',
      status: 'EXERCISE',
      severity: 'EXTREME',
      expires: new Date(noon + 2 * hour).toISOString(),
      ...part,
    },
    displayed,
  );
const realOf = (part: AlertJson = {}) =>
  heldOf({ id: 'real', publishedAt: zoned(noon + minute), ...part });
const at = noon + 2 * minute;

describe('a drill', () => {
  it('is stopped by a real notice before the broker says so', () => {
    const state = stateOf(drillOf(), realOf());
    expect(ids(inbox(state, at).open)).toEqual(['real']);
    expect(ids(inbox(state, at).ended)).toEqual(['drill']);
    expect(endOfDrill(drillOf().alert, state, at)?.stopped).toBe(true);
  });

  it('tells its stop once, and not for long', () => {
    const state = stateOf(drillOf(), realOf());
    expect(inbox(state, noon + 11 * minute - 1).ended).toHaveLength(1);
    expect(inbox(state, noon + 11 * minute).ended).toHaveLength(0);
    const seen = { ...drillOf(), marks: { displayed: 1, seen: 0, closingSeen: true } };
    expect(inbox(stateOf(seen, realOf()), at).ended).toHaveLength(0);
    expect(inbox(stateOf(drillOf({}, 0), realOf()), at).ended).toHaveLength(0);
  });

  it.each<[string, AlertJson]>([
    ['of less severity', { severity: 'MODERATE' }],
    ['that is a drill', { status: 'EXERCISE' }],
    ['that is over', { state: 'CLOSED', closing: 'ENDED' }],
    ['that is only scheduled', { state: 'SCHEDULED' }],
    ['that is in order again here', { cleared: [{ at: zoned(noon) }] }],
  ])('goes on beside a notice %s', (_, part) => {
    expect(endOfDrill(drillOf().alert, stateOf(drillOf(), realOf(part)), at)).toBeNull();
  });

  it('goes on for who looks on at all wards until the broker has closed it', () => {
    const state = stateOf(drillOf(), realOf());
    expect(ids(inbox(state, at, true).open).sort()).toEqual(['drill', 'real']);
    const closed = drillOf({ state: 'CLOSED', closing: 'EXPIRED', changedAt: zoned(at) });
    expect(ids(inbox(stateOf(closed, realOf()), at, true).open)).toEqual(['real']);
  });

  it('that a person has ended is not told beside a real notice', () => {
    for (const closing of ['ENDED', 'RECALLED'] as const) {
      const closed = drillOf({ state: 'CLOSED', closing });
      expect(inbox(stateOf(closed), at).ended).toHaveLength(1);
      expect(inbox(stateOf(closed, realOf()), at).ended).toHaveLength(0);
    }
  });

  it('ends at its time, also without a broker', () => {
    const end = noon + 2 * hour;
    expect(inbox(stateOf(drillOf()), end - 1).open).toHaveLength(1);
    expect(inbox(stateOf(drillOf()), end).open).toHaveLength(0);
    expect(ids(inbox(stateOf(drillOf()), end).ended)).toEqual(['drill']);
    const closed = drillOf({ state: 'CLOSED', closing: 'EXPIRED', changedAt: zoned(end + 2) });
    expect(endOfDrill(closed.alert, stateOf(closed), end + hour)?.stopped).toBe(false);
    expect(inbox(stateOf(closed), end + hour).ended).toHaveLength(1);
    expect(inbox(stateOf(closed), end + 5 * hour).ended).toHaveLength(0);
  });

  it('stays away from clinical PCs in every phase', () => {
    const settings = { endpoint: { id: 'or-pc-01', class: 'CLINICAL' as const } };
    const closed = drillOf({ state: 'CLOSED', closing: 'EXPIRED' });
    for (const held of [drillOf(), closed]) {
      const { open, ended } = inbox({ ...stateOf(held), settings }, noon);
      expect([...open, ...ended]).toEqual([]);
    }
    expect(inbox({ ...stateOf(drillOf()), settings }, noon, true).open).toHaveLength(1);
  });
});

describe('a real problem in a drill', () => {
  const pressed = {
    response: 'REAL_PROBLEM',
    help: 'UNSPECIFIED',
    initials: '',
    role: '',
  } as const;
  const item = pressItem('01P', '4w-pc-01', drillOf(), '4w', pressed, noon);
  const answer: WardAnswerJson = {
    alertId: 'drill',
    wardId: '4w',
    round: 1,
    response: 'REAL_PROBLEM',
    by: '4W-PC-01',
    at: new Date(noon).toISOString(),
  };

  it('is told while it is on its way, and is no answer of the ward', () => {
    const shown = answerLines(drillOf(), '4w', '4 West', new Map([['01P', item]]));
    expect(shown).toMatchObject({ answered: false, helpAsked: false, problemReported: true });
    expect(shown.lines.map((line) => [line.case, line.text])).toEqual([
      ['sending', '4 West: reports a real problem · person unknown'],
    ]);
  });

  it('is told once when the broker has it', () => {
    const confirmed = { ...item, delivery: { case: 'confirmed', life: 'log-a/1' } as const };
    const held = { ...drillOf(), answers: [answer] };
    const shown = answerLines(held, '4w', '4 West', new Map([['01P', confirmed]]));
    expect(shown).toMatchObject({ answered: false, problemReported: true });
    expect(shown.lines.map((line) => line.case)).toEqual(['recorded']);
  });

  it('that was refused can be reported again', () => {
    const refused = { ...item, delivery: { case: 'refused', reason: 'why' } as const };
    const shown = answerLines(drillOf(), '4w', '4 West', new Map([['01P', refused]]));
    expect(shown.problemReported).toBe(false);
  });

  it('stands among what a ward waits for', () => {
    const asked = askedFor({ wardId: '4w', state: 'HELP', answers: [answer] });
    expect(askedWords(asked)).toBe('a REAL problem');
  });

  it('is not settled by what the ward answers to the drill, but from outside', () => {
    const own: WardAnswerJson = { ...answer, response: 'PROCEDURE_STARTED' };
    const help: WardAnswerJson = { ...answer, response: 'NEED_HELP', help: 'STAFF' };
    const words = (...answers: WardAnswerJson[]) => askedWords(askedFor({ wardId: '4w', answers }));
    expect(words(answer, help, own)).toBe('a REAL problem');
    expect(words(answer, help, { ...own, fromOutside: true })).toBe('');
  });
});
