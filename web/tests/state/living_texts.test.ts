import { describe, expect, it } from 'vitest';
import { changeOf, editOf, editProblems, shownAgain } from '../../src/state/publish/alert_edit.ts';
import { askedAlert } from '../../src/state/publish/asked_alert.ts';
import { withTextsOf } from '../../src/state/publish/fill.ts';
import { type FormContext, formAlert } from '../../src/state/publish/form_alert.ts';
import { emptyForm, type NoticeForm } from '../../src/state/publish/notice_form.ts';
import { asWritten } from '../../src/state/publish/written.ts';
import { alertOf, denver, minute, noon, zoned } from '../build_alert.ts';

const context: FormContext = {
  now: noon,
  zone: denver,
  severalZones: false,
  serviceNames: new Map([['pacs', 'Imaging']]),
};
const form: NoticeForm = {
  ...emptyForm,
  services: ['pacs'],
  headline: '{service} is down since {start}',
  impact: 'Next update {next}.',
};

// As the broker answers: filled, and beside it what was written with blanks.
const alert = alertOf({
  headline: 'Imaging is down since 14:00',
  impact: 'Next update 14:30.',
  reason: 'A disk.',
  stillWorks: ['Phones', 'Imaging before 14:00'],
  instructions: [
    { when: 'BEFORE', text: 'Sign out before 14:00' },
    { when: 'DURING', text: 'Use paper' },
    { when: 'DO_NOT', text: 'Do not ask before 14:30', role: 'nurse' },
  ],
  backEntry: ['Orders since 14:00'],
  nextUpdate: zoned(noon + 30 * minute),
  written: [
    { field: 'headline', text: '{service} is down since {start}' },
    { field: 'impact', text: 'Next update {next}.' },
    { field: 'still_works[1]', text: '{service} before {start}' },
    { field: 'instructions[0]', text: 'Sign out before {start}' },
    { field: 'instructions[2]', text: 'Do not ask before {next}' },
    { field: 'back_entry[0]', text: 'Orders since {start}' },
  ],
});

describe('what is sent', () => {
  it('keeps the blanks as typed; the console fills them for the instant preview only', () => {
    const { alert: sent, filled, problems } = formAlert(form, context);
    expect(sent.headline).toBe('{service} is down since {start}');
    expect(sent.impact).toBe('Next update {next}.');
    expect(sent.start).toEqual(zoned(noon));
    expect(filled.headline).toBe('Imaging is down since 14:00');
    expect(filled.impact).toBe('Next update 14:30.');
    expect(problems).toEqual({});
  });

  it('may leave {next} to the severity, as the broker promises it', () => {
    const none = { ...form, next: { case: 'none' } } as const;
    const { alert: sent, filled, problems } = formAlert(none, context);
    expect(sent.nextUpdate).toBeUndefined();
    expect(filled.impact).toBe('Next update 14:30.');
    expect(problems).toEqual({});
    expect(formAlert({ ...none, severity: 'MINOR' }, context).problems.impact).toBe(
      'Still open: {next}.',
    );
  });

  it('has its first news at the start of planned work, and none of a piece of information', () => {
    const start = { case: 'at', local: '2026-11-22T20:00', second: false } as const;
    const none = { ...form, next: { case: 'none' } } as const;
    const work = { ...none, kind: 'PLANNED_DOWNTIME', start } as const;
    expect(formAlert(work, context).filled.impact).toBe('Next update 20:00.');
    const said = { ...none, kind: 'INFORMATION' } as const;
    expect(formAlert(said, context).problems.impact).toBe('Still open: {next}.');
  });

  it('has no blank that nothing fills, in any text', () => {
    const open = formAlert(
      { ...form, during: 'Use paper until {end}', backEntry: 'All\nuntil {end}' },
      context,
    );
    expect(open.problems).toEqual({
      during: 'Still open: {end}.',
      backEntry: 'Still open: {end}.',
    });
    const end = { case: 'in', minutes: 60 } as const;
    expect(formAlert({ ...form, during: 'Until {end}', end }, context).problems).toEqual({});
  });

  it('is measured as wards read it', () => {
    const headline = `{service}${'x'.repeat(84)}`;
    expect(formAlert({ ...form, headline }, context).problems.headline).toContain('at most 90');
  });
});

describe('what the broker is asked while it is written', () => {
  const asked = (part: Partial<NoticeForm> = {}, now = noon) =>
    askedAlert({ ...form, ...part }, { ...context, now });

  it('is the same question for a minute', () => {
    expect(asked({}, noon + 59_000)).toEqual(asked());
    expect(asked({}, noon + minute)).not.toEqual(asked());
    expect(asked().nextUpdate).toEqual(zoned(noon + 30 * minute));
    expect(asked().start).toBeUndefined();
  });

  it('leaves out what is not right yet, and cuts what is too long', () => {
    const start = { case: 'at', local: '2026-11-22T20:00', second: false } as const;
    const end = { case: 'at', local: '2026-11-22T19:00', second: false } as const;
    const half = asked({ start, end, headline: 'x'.repeat(200), during: 'y'.repeat(300) });
    expect(half.start).toEqual(zoned(noon + 6 * 60 * minute));
    expect(half.expectedEnd).toBeUndefined();
    expect(half.headline).toHaveLength(90);
    expect(half.instructions?.[0]?.text).toHaveLength(200);
    expect(asked({ start: { case: 'at', local: '', second: false } }).start).toBeUndefined();
  });

  it('gives the preview its texts, and leaves the rest as it is in the form', () => {
    const { filled } = formAlert(form, context);
    const shown = withTextsOf(filled, { headline: 'Imaging ist seit 14:00 aus' });
    expect(shown.headline).toBe('Imaging ist seit 14:00 aus');
    expect(shown.impact).toBe('');
    expect(shown.nextUpdate).toEqual(filled.nextUpdate);
  });
});

describe('an edit', () => {
  it('starts from what was written', () => {
    expect(asWritten(alert)).toMatchObject({
      headline: '{service} is down since {start}',
      impact: 'Next update {next}.',
      reason: 'A disk.',
      stillWorks: ['Phones', '{service} before {start}'],
      instructions: [
        { when: 'BEFORE', text: 'Sign out before {start}' },
        { when: 'DURING', text: 'Use paper' },
        { when: 'DO_NOT', text: 'Do not ask before {next}', role: 'nurse' },
      ],
      backEntry: ['Orders since {start}'],
    });
    expect(asWritten(alertOf())).toEqual(alertOf());
    const opened = editOf(alert, denver);
    expect(opened).toMatchObject({
      headline: '{service} is down since {start}',
      doNot: '[nurse] Do not ask before {next}',
      stillWorks: 'Phones\n{service} before {start}',
    });
    expect(changeOf(opened, opened, denver, alert)).toEqual({ alert: {}, fields: [] });
  });

  it('keeps the blanks of the steps that it does not show', () => {
    const opened = editOf(alert, denver);
    const { alert: sent } = changeOf({ ...opened, during: 'Use forms' }, opened, denver, alert);
    expect(sent.instructions).toEqual([
      { when: 'BEFORE', text: 'Sign out before {start}' },
      { when: 'DURING', text: 'Use forms' },
      { when: 'DO_NOT', text: 'Do not ask before {next}', role: 'nurse' },
    ]);
  });

  it('that only calls attention again names no text', () => {
    expect(shownAgain(alert)).toMatchObject({ updateMask: 'severity', reAlert: 'YES' });
    expect(shownAgain(alert).alert).toEqual({ severity: 'SEVERE' });
  });

  it('leaves the length of a headline with blanks to the broker', () => {
    const opened = editOf(alert, denver);
    const long = { ...opened, headline: `{service} ${'x'.repeat(85)}` };
    expect(editProblems(long, denver)).toEqual({});
    expect(editProblems({ ...opened, headline: ' ' }, denver)).toHaveProperty('headline');
  });
});
