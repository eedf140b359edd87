import { expect, it } from 'vitest';
import { draftAlert, formOfDraft } from '../../src/state/publish/draft_alert.ts';
import { formAlert } from '../../src/state/publish/form_alert.ts';
import { emptyForm } from '../../src/state/publish/notice_form.ts';
import { hasPatientData, toRead, warningWords } from '../../src/state/publish/warnings.ts';
import { denver, hour, noon, zoned } from '../build_alert.ts';

const context = {
  now: noon,
  zone: denver,
  severalZones: false,
  serviceNames: new Map([['pacs', 'Imaging']]),
};
const form = {
  ...emptyForm,
  templateId: 'outage',
  services: ['pacs'],
  headline: '{service} is down since {start}',
};

it('keeps the blanks of a draft open, and the times that count from its sending', () => {
  const draft = draftAlert({ ...form, sendAt: at('2026-11-22T20:00') }, context);
  expect(draft).toMatchObject({
    headline: '{service} is down since {start}',
    templateId: 'outage',
    sendAt: zoned(noon + 6 * hour),
    zone: denver,
  });
  expect(draft.start).toBeUndefined();
  expect(draft.nextUpdate).toBeUndefined();
});

it('goes on with a draft as it was left', () => {
  const left = { ...form, end: at('2027-11-07T01:30', true), presentation: 'TICKER' as const };
  const draft = { ...draftAlert(left, context), id: 'D1', revision: 3 };
  expect(formOfDraft(draft, denver, noon)).toEqual({ ...left, draftId: 'D1', draftRevision: 3 });
});

it('asks anew for what a draft promised before now', () => {
  const draft = {
    ...draftAlert(form, context),
    nextUpdate: zoned(noon - hour),
    sendAt: zoned(noon),
  };
  expect(formOfDraft(draft, denver, noon)).toMatchObject({ next: form.next, sendAt: form.sendAt });
});

it('counts from when a notice goes out', () => {
  const later = formAlert({ ...form, sendAt: at('2026-11-22T20:00') }, context);
  expect(later.filled.headline).toBe('Imaging is down since 20:00');
  expect(later.alert).toMatchObject({
    start: zoned(noon + 6 * hour),
    nextUpdate: zoned(noon + 6 * hour + 30 * 60_000),
    sendAt: zoned(noon + 6 * hour),
  });
  expect(formAlert(form, context).alert.sendAt).toBeUndefined();
  const past = formAlert({ ...form, sendAt: at('2026-11-22T10:00') }, context);
  expect(past.problems.sendAt).toContain('has passed');
});

it('tells of which field a warning is, and asks about an open notice elsewhere', () => {
  const patient = {
    kind: 'KIND_PATIENT_DATA',
    field: 'alert.impact',
    message: 'Looks like.',
  } as const;
  expect(warningWords(patient)).toBe('Impact: Looks like.');
  expect(warningWords({ kind: 'KIND_DOSE', message: 'Often.' })).toBe('Often.');
  expect(hasPatientData([patient])).toBe(true);
  expect(hasPatientData([])).toBe(false);
  expect(toRead([patient, patient, { kind: 'KIND_DUPLICATE', message: 'Open.' }])).toEqual([
    'Impact: Looks like.',
  ]);
});

function at(local: string, second = false) {
  return { case: 'at', local, second } as const;
}
