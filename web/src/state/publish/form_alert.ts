import type { AlertJson, InstructionJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { meaning } from '../time/local_time.ts';
import { when } from '../time/words.ts';
import { type Blanks, fillAlert, openBlanks, together } from './fill.ts';
import {
  audienceOf,
  linesOf,
  type Moment,
  type NoticeForm,
  nextUpdateMinutes,
  stepsOf,
} from './notice_form.ts';
import { noSuchTime, skippedWords } from './typed_time.ts';

export interface FormContext {
  now: number;
  zone: string;
  // Names of services by id.
  serviceNames: ReadonlyMap<string, string>;
  // The audience spans two zones: times carry theirs.
  severalZones: boolean;
}

// Problems by the name of the form's field; empty: ready to be sent.
export type FormProblems = Partial<Record<keyof NoticeForm, string>>;

export interface FormResult {
  // As it is sent: its texts keep their blanks, and the broker fills them anew in each version.
  alert: AlertJson;
  // As wards would read it now, as far as the console can tell by itself.
  filled: AlertJson;
  problems: FormProblems;
}

const headlineLimit = 90;

// What the form says as an alert. Pure: the same form at the same time is the same alert.
export function formAlert(form: NoticeForm, context: FormContext): FormResult {
  const { now, zone } = context;
  const problems: FormProblems = {};
  const sendAt = sendingAt(form, context);
  const at = (field: 'start' | 'end' | 'next' | 'sendAt'): number | null => {
    const value = resolve(form[field], field === 'sendAt' ? context : { ...context, now: sendAt });
    if (typeof value !== 'string') return value;
    problems[field] = value;
    return null;
  };
  const start = at('start');
  const end = at('end');
  const next = at('next');
  at('sendAt');
  if (start !== null && end !== null && end <= start)
    problems.end = 'The end is not after the start.';
  if (next !== null && next < now - 60_000) problems.next = 'The next update is in the past.';
  if (sendAt < now - 60_000) problems.sendAt = 'This has passed: choose a later time, or now.';
  const words = (ms: number | null) =>
    ms === null ? '' : when(ms, zone, now, context.severalZones);
  const names = form.services.map((id) => context.serviceNames.get(id) ?? id);
  const blanks: Blanks = {
    service: together(names),
    start: words(start),
    end: words(end),
    next: words(next ?? promised(form, start, sendAt)),
  };
  const alert: AlertJson = { ...unfilled(form), zone };
  if (start !== null) alert.start = { at: new Date(start).toISOString() };
  if (end !== null) alert.expectedEnd = { at: new Date(end).toISOString() };
  if (next !== null) alert.nextUpdate = { at: new Date(next).toISOString() };
  if (sendAt > now) alert.sendAt = { at: new Date(sendAt).toISOString() };
  const filled = fillAlert(alert, blanks);
  return { alert, filled, problems: { ...checks(form, filled), ...problems } };
}

// The next update that the broker promises if nobody says one: none for information, the start of
// planned work, else by the severity.
function promised(form: NoticeForm, start: number | null, sendAt: number): number | null {
  if (form.kind === 'INFORMATION') return null;
  if (form.kind === 'PLANNED_DOWNTIME' && start !== null && start > sendAt) return start;
  const minutes = nextUpdateMinutes(form.severity);
  return minutes === null ? null : sendAt + minutes * 60_000;
}

// When it goes out; times that are said from then on count from there.
export function sendingAt(form: NoticeForm, context: Pick<FormContext, 'now' | 'zone'>): number {
  const at = resolve(form.sendAt, context);
  return typeof at === 'number' ? at : context.now;
}

function resolve(
  moment: Moment,
  context: Pick<FormContext, 'now' | 'zone'>,
): number | string | null {
  switch (moment.case) {
    case 'none':
      return null;
    case 'now':
      return context.now;
    case 'in':
      return context.now + moment.minutes * 60_000;
    case 'at': {
      const meant = meaning(moment.local, context.zone);
      switch (meant.case) {
        case 'once':
          return meant.at;
        case 'missing':
          return skippedWords;
        case 'twice':
          return moment.second ? meant.second : meant.first;
        case 'malformed':
          return noSuchTime;
      }
    }
  }
}

// What was typed, with its blanks open and without times.
export function unfilled(form: NoticeForm): AlertJson {
  return {
    kind: form.kind,
    phase: form.phase,
    severity: form.severity,
    status: form.drill ? 'EXERCISE' : 'ACTUAL',
    headline: form.headline.trim().replace(/\s+/g, ' '),
    services: form.services,
    audience: audienceOf(form),
    impact: form.impact.trim(),
    stillWorks: linesOf(form.stillWorks),
    instructions: [
      ...stepsOf(form.before, 'BEFORE'),
      ...stepsOf(form.during, 'DURING'),
      ...stepsOf(form.doNot, 'DO_NOT'),
      ...stepsOf(form.after, 'AFTER'),
    ],
    phone: form.phone.trim(),
    phoneFallback: form.phoneFallback.trim(),
    downtimePc: form.downtimePc.trim(),
    binder: form.binder.trim(),
    reason: form.reason.trim(),
    ticket: form.ticket.trim(),
    backEntry: linesOf(form.backEntry),
    presentation: form.presentation,
    templateId: form.templateId,
  };
}

// Only what the broker would refuse too, said before it is sent. `filled`: limits are for what wards
// read.
function checks(form: NoticeForm, filled: AlertJson): FormProblems {
  const problems: FormProblems = {};
  const headline = filled.headline ?? '';
  const length = [...headline].length;
  if (length === 0) problems.headline = 'A headline is needed.';
  else if (length > headlineLimit)
    problems.headline = `${length} characters; at most ${headlineLimit}.`;
  else if (openBlanks(headline).length > 0) problems.headline = blankWords(headline);
  for (const field of ['impact', 'reason'] as const) {
    const text = filled[field] ?? '';
    if (openBlanks(text).length > 0) problems[field] = blankWords(text);
    else if ([...text].length > 300)
      problems[field] = `${[...text].length} characters; at most 300.`;
  }
  for (const field of ['before', 'during', 'after', 'doNot'] as const) {
    if (linesOf(form[field]).some((line) => [...line].length > 200)) {
      problems[field] = 'One of the lines is longer than 200 characters.';
    }
  }
  for (const [field, text] of lists(filled)) {
    if (openBlanks(text).length > 0) problems[field] = blankWords(text);
  }
  if (form.audience === 'services' && form.services.length === 0) {
    problems.services = 'Choose the service, or choose places.';
  }
  if (form.audience === 'places' && form.places.length === 0) {
    problems.places = 'Choose at least one site, building or ward.';
  }
  if (form.severity === 'EXTREME' && form.kind !== 'EMERGENCY' && form.kind !== 'SECURITY') {
    problems.severity = 'DANGER is only for emergencies and security.';
  }
  return problems;
}

// The texts of its lists by the field where they were typed.
function lists(filled: AlertJson): [keyof NoticeForm, string][] {
  const steps = (when: InstructionJson['when']) =>
    (filled.instructions ?? [])
      .filter((step) => step.when === when)
      .map(({ text }) => text ?? '')
      .join('\n');
  return [
    ['before', steps('BEFORE')],
    ['during', steps('DURING')],
    ['after', steps('AFTER')],
    ['doNot', steps('DO_NOT')],
    ['stillWorks', (filled.stillWorks ?? []).join('\n')],
    ['backEntry', (filled.backEntry ?? []).join('\n')],
  ];
}

function blankWords(text: string): string {
  return `Still open: ${openBlanks(text).join(', ')}.`;
}
