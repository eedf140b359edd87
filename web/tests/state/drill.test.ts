import { describe, expect, it } from 'vitest';
import type { AlertJson } from '../../src/gen/wardcast/v1/alert_pb.ts';
import type { AlertProgressJson, WardProgressJson } from '../../src/gen/wardcast/v1/progress_pb.ts';
import { drillAgain, drillForm } from '../../src/state/drill/drill_form.ts';
import { drillStanding, drillsOnly, realOnly } from '../../src/state/drill/drills.ts';
import { realProblem } from '../../src/state/drill/real_problem.ts';
import { drillResult, realProblemWords, resultWords } from '../../src/state/drill/result.ts';
import { asking, callList, reporting } from '../../src/state/progress/call_list.ts';
import { askedFor, askedWords } from '../../src/state/progress/help_requests.ts';
import { standWords } from '../../src/state/progress/progress_words.ts';
import { formOfDraft } from '../../src/state/publish/draft_alert.ts';
import { formAlert } from '../../src/state/publish/form_alert.ts';
import { emptyForm } from '../../src/state/publish/notice_form.ts';
import { sendingTitle, sendingWords } from '../../src/state/publish/sending_words.ts';
import { alertOf, denver, hour, minute, noon, zoned } from '../build_alert.ts';

const drillOf = (part: AlertJson = {}) => alertOf({ id: 'D1', status: 'EXERCISE', ...part });
const said = (response: 'PROCEDURE_STARTED' | 'NEED_HELP' | 'REAL_PROBLEM', after: number) => ({
  response,
  by: '4w-pc-01',
  ...zoned(noon + after),
});
const ward = (wardId: string, part: Partial<WardProgressJson>): WardProgressJson => ({
  wardId,
  name: wardId,
  state: 'DISPLAYED',
  expected: 2,
  displayed: 1,
  ...part,
});

describe('lists', () => {
  it('hold drills or real notices, never both', () => {
    const all = [alertOf(), drillOf(), alertOf({ id: 'A2', status: 'ACTUAL' })];
    expect(realOnly(all).map(({ id }) => id)).toEqual(['A1', 'A2']);
    expect(drillsOnly(all).map(({ id }) => id)).toEqual(['D1']);
  });

  it('say where a drill stands', () => {
    const words = (part: AlertJson) => drillStanding(drillOf(part), denver, noon + 20 * minute);
    expect(words({})).toBe('Running since 14:00, ends by itself 16:00');
    const over = { state: 'CLOSED', changedAt: zoned(noon + 20 * minute) } as const;
    expect(words({ ...over, closing: 'ENDED' })).toBe('Ended 14:20, after 20 min');
    expect(words({ ...over, closing: 'EXPIRED' })).toBe('Ended by itself 14:20, after 20 min');
    expect(words({ ...over, closing: 'RECALLED' })).toBe('Recalled 14:20, after 20 min');
    expect(words({ state: 'SCHEDULED', sendAt: zoned(noon + hour) })).toBe('Begins 15:00');
    expect(words({ state: 'DRAFT' })).toBe('Draft');
  });
});

describe('the form of a drill', () => {
  it('is a drill from its template to its sending, and a dialog at most', () => {
    const form = drillForm({ kind: 'OUTAGE', presentation: 'TAKEOVER', headline: 'X' }, 'outage');
    expect(form).toMatchObject({ drill: true, presentation: 'DIALOG', templateId: 'outage' });
    const context = { now: noon, zone: denver, serviceNames: new Map(), severalZones: false };
    expect(formAlert(form, context).alert.status).toBe('EXERCISE');
    expect(formAlert({ ...form, drill: false }, context).alert.status).toBe('ACTUAL');
  });

  it('stays one as a draft; nothing else becomes one', () => {
    expect(formOfDraft(drillOf({ state: 'DRAFT' }), denver, noon).drill).toBe(true);
    expect(formOfDraft(alertOf({ state: 'DRAFT' }), denver, noon).drill).toBe(false);
    expect(emptyForm.drill).toBe(false);
  });

  it('of an earlier one has its texts as they were written, and no audience', () => {
    const form = drillAgain(
      drillOf({
        state: 'CLOSED',
        phase: 'ALL_CLEAR',
        headline: 'Imaging is down since 13:52',
        written: [{ field: 'headline', text: '{service} is down since {start}' }],
        audience: { wards: ['4w'], exclude: { classes: ['CLINICAL'] } },
        start: zoned(noon),
      }),
    );
    expect(form).toMatchObject({
      drill: true,
      headline: '{service} is down since {start}',
      phase: 'UNSPECIFIED',
      audience: 'places',
      places: [],
      start: { case: 'now' },
    });
    const context = { now: noon, zone: denver, serviceNames: new Map(), severalZones: false };
    expect(formAlert(form, context).problems.places).toContain('Choose at least one');
  });
});

it('is asked about in other words than a real notice', () => {
  const reach = { wards: [{ wardId: '4w' }], endpoints: 12 };
  expect(sendingTitle(drillOf(), reach)).toBe('This is an EXERCISE for 1 ward and 12 PCs');
  expect(sendingTitle(alertOf(), reach)).toBe('This is REAL for 1 ward and 12 PCs');
  expect(sendingWords(drillOf(), '')).toBe('Start the EXERCISE');
  expect(sendingWords(alertOf(), '')).toBe('Send the REAL notice');
  expect(sendingWords(alertOf(), 'Free text')).toBe('Send for approval');
});

describe('the result', () => {
  const progress: AlertProgressJson = {
    byWard: [
      ward('dark', { state: 'DARK', displayed: 0 }),
      ward('quick', {
        state: 'ACKNOWLEDGED',
        answers: [
          { response: 'PROCEDURE_STARTED', at: zoned(noon + 40_000).at },
          { response: 'NOT_AFFECTED', at: zoned(noon + hour).at },
        ],
      }),
      ward('slow', {
        state: 'ACKNOWLEDGED',
        answers: [
          { response: 'NEED_HELP', at: zoned(noon + minute).at },
          { response: 'NOT_AFFECTED', at: zoned(noon + 12 * minute).at },
        ],
      }),
      ward('closed', { state: 'CLOSED', displayed: 0 }),
    ],
  };

  it('tells which ward answered after what time', () => {
    const result = drillResult(drillOf(), progress);
    expect(result.byWard.map(({ answeredAfter }) => answeredAfter)).toEqual([
      null,
      40_000,
      12 * minute,
      null,
    ]);
    expect(resultWords(result)).toBe('2 of 3 wards answered, half of them within 40 s · 2 reached');
    expect(realProblemWords(result.realProblems)).toBe('');
  });

  it('of nothing is nothing', () => {
    const result = drillResult(drillOf(), {});
    expect(result.median).toBeNull();
    expect(resultWords(result)).toBe('0 of 0 wards answered · 0 reached');
  });
});

describe('a real problem in a drill', () => {
  const real = ward('ed', {
    state: 'HELP',
    answers: [said('PROCEDURE_STARTED', 0), said('REAL_PROBLEM', minute)],
  });

  it('stands until somebody from outside has asked there, also when the drill is over', () => {
    expect(realProblem(real)?.response).toBe('REAL_PROBLEM');
    const answered = [...(real.answers ?? []), said('PROCEDURE_STARTED', hour)];
    expect(realProblem({ ...real, answers: answered })?.response).toBe('REAL_PROBLEM');
    const asked = [...answered, { ...said('PROCEDURE_STARTED', 2 * hour), fromOutside: true }];
    expect(realProblem({ ...real, answers: asked })).toBeUndefined();
    // The broker decides how a ward stands.
    expect(realProblem({ ...real, state: 'ACKNOWLEDGED' })).toBeUndefined();
    expect(realProblem(ward('icu', { state: 'HELP', answers: [said('NEED_HELP', 0)] }))).toBe(
      undefined,
    );
  });

  it('is said in its own words', () => {
    expect(standWords(real, noon)).toBe('Reports a REAL problem');
    expect(askedWords(askedFor(real))).toBe('a REAL problem');
    const progress = { byWard: [real] };
    expect(realProblemWords(drillResult(drillOf(), progress).realProblems)).toBe(
      '1 ward reports a REAL problem',
    );
  });

  it('is the first call; nobody else is called for a drill', () => {
    const outage = alertOf({ asksAnswer: true, severity: 'SEVERE' });
    const drill = drillOf({ asksAnswer: true, severity: 'MINOR' });
    const rows = callList(
      [
        { alert: outage, progress: { byWard: [ward('4w', { state: 'HELP' }), ward('icu', {})] } },
        {
          alert: drill,
          progress: {
            byWard: [real, ward('lab', { state: 'DARK' }), ward('or', { state: 'HELP' })],
          },
        },
      ],
      [],
    );
    expect(rows.map(({ wardId }) => wardId)).toEqual(['ed', '4w', 'icu']);
    expect([reporting(rows), asking(rows)]).toEqual([1, 1]);
  });
});
