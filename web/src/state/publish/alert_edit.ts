import type {
  AlertJson,
  Instruction_When_ValueJson,
  Phase_ValueJson,
  Severity_ValueJson,
} from '../../gen/wardcast/v1/alert_pb.ts';
import { severityOrder } from '../endpoint/inbox.ts';
import { instant } from '../time/notice_times.ts';
import { openBlanks } from './fill.ts';
import { formFrom, linesOf, stepsOf } from './notice_form.ts';
import {
  instantOfTyped,
  sameTyped,
  type TypedTime,
  typedProblem,
  typedTime,
} from './typed_time.ts';
import { asWritten } from './written.ts';

// What can be changed of an open notice in place. Lists are one item a line; texts are as written, with
// their blanks.
export interface AlertEdit {
  phase: Phase_ValueJson;
  severity: Severity_ValueJson;
  services: string[];
  headline: string;
  impact: string;
  during: string;
  doNot: string;
  stillWorks: string;
  nextUpdate: TypedTime;
  expectedEnd: TypedTime;
}

export type EditProblems = Partial<Record<keyof AlertEdit, string>>;

// Half an hour: what an overdue promise is replaced with.
const nextAfter = 30 * 60_000;
const times = ['nextUpdate', 'expectedEnd'] as const;

export function editOf(alert: AlertJson, zone: string): AlertEdit {
  const { headline, impact, during, doNot, stillWorks } = formFrom(asWritten(alert), '');
  return {
    phase: alert.phase ?? 'UNSPECIFIED',
    severity: alert.severity ?? 'MODERATE',
    services: [...(alert.services ?? [])],
    headline,
    impact,
    during,
    doNot,
    stillWorks,
    nextUpdate: typedTime(instant(alert.nextUpdate), zone),
    expectedEnd: typedTime(instant(alert.expectedEnd), zone),
  };
}

// What the form proposes: the same, but no time that has passed as the next update.
export function proposedEdit(alert: AlertJson, zone: string, now: number): AlertEdit {
  const next = instant(alert.nextUpdate);
  const overdue = next !== null && next < now;
  const edit = editOf(alert, zone);
  return overdue ? { ...edit, nextUpdate: typedTime(now + nextAfter, zone) } : edit;
}

export function editProblems(edit: AlertEdit, zone: string): EditProblems {
  const problems: EditProblems = {};
  const length = [...edit.headline.trim()].length;
  // How long it is with its blanks filled only the broker knows.
  const long = length > 90 && openBlanks(edit.headline).length === 0;
  if (length === 0 || long) problems.headline = `${length} characters; 1 to 90.`;
  for (const field of times) {
    const problem = typedProblem(edit[field], zone);
    if (problem !== undefined) problems[field] = problem;
  }
  for (const field of ['during', 'doNot'] as const) {
    if (linesOf(edit[field]).some((line) => [...line].length > 200))
      problems[field] = 'One of the lines is longer than 200 characters.';
  }
  return problems;
}

// The names of the fields that differ.
function changed(edit: AlertEdit, opened: AlertEdit): (keyof AlertEdit)[] {
  return (Object.keys(edit) as (keyof AlertEdit)[]).filter((field) => {
    if (field === 'nextUpdate' || field === 'expectedEnd')
      return !sameTyped(edit[field], opened[field]);
    if (field === 'services') return edit.services.join() !== opened.services.join();
    return edit[field].trim() !== opened[field].trim();
  });
}

// The fields that were changed since the form was opened, as an update. Only these: what a colleague
// has changed meanwhile stays. `now`: the alert as it is, for steps that the form does not show.
export function changeOf(
  edit: AlertEdit,
  opened: AlertEdit,
  zone: string,
  now: AlertJson = {},
): { alert: AlertJson; fields: string[] } {
  const alert: AlertJson = {};
  const fields = new Set<string>();
  for (const field of changed(edit, opened)) {
    switch (field) {
      case 'during':
      case 'doNot':
        fields.add('instructions');
        alert.instructions = steps(edit, now);
        continue;
      case 'phase':
        alert.phase = edit.phase;
        break;
      case 'severity':
        alert.severity = edit.severity;
        break;
      case 'services':
        alert.services = edit.services;
        break;
      case 'stillWorks':
        alert.stillWorks = linesOf(edit.stillWorks);
        break;
      case 'headline':
      case 'impact':
        alert[field] = edit[field].trim();
        break;
      case 'nextUpdate':
      case 'expectedEnd': {
        // A time that is left out is taken away.
        const at = instantOfTyped(edit[field], zone);
        if (at !== null) alert[field] = { at: new Date(at).toISOString() };
      }
    }
    fields.add(field);
  }
  return { alert, fields: [...fields] };
}

// Nothing is changed, and attention is called again: the field has to be one without a text.
export function shownAgain(alert: AlertJson) {
  return {
    expectedRevision: alert.revision ?? 0,
    alert: { severity: alert.severity ?? 'MODERATE' },
    updateMask: 'severity',
    reAlert: 'YES',
  } as const;
}

function steps(edit: AlertEdit, now: AlertJson) {
  const written = asWritten(now).instructions ?? [];
  const others = (when: Instruction_When_ValueJson) => written.filter((step) => step.when === when);
  return [
    ...others('BEFORE'),
    ...stepsOf(edit.during, 'DURING'),
    ...stepsOf(edit.doNot, 'DO_NOT'),
    ...others('AFTER'),
  ];
}

// Why wards are asked again unless told otherwise; "" if they are not.
export function asksAgain(edit: AlertEdit, opened: AlertEdit): string {
  const fields = changed(edit, opened);
  const why = [
    severityOrder(edit.severity) > severityOrder(opened.severity) ? 'the severity rises' : '',
    edit.services.some((id) => !opened.services.includes(id)) ? 'a service is added' : '',
    fields.includes('during') ? '“do now” changes' : '',
    fields.includes('doNot') ? '“do not” changes' : '',
  ];
  return why.filter((part) => part !== '').join(', ');
}
