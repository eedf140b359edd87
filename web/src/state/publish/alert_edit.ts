import type { AlertJson, Phase_ValueJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { localText, meaning } from '../time/local_time.ts';
import { instant } from '../time/notice_times.ts';

// What can be changed of an open notice in place. Times as datetime-local fields hold them, "" for
// none.
export interface AlertEdit {
  phase: Phase_ValueJson;
  headline: string;
  impact: string;
  nextUpdate: string;
  expectedEnd: string;
}

export type EditProblems = Partial<Record<keyof AlertEdit, string>>;

// Half an hour: what an overdue promise is replaced with.
const nextAfter = 30 * 60_000;

export function editOf(alert: AlertJson, zone: string): AlertEdit {
  return {
    phase: alert.phase ?? 'UNSPECIFIED',
    headline: alert.headline ?? '',
    impact: alert.impact ?? '',
    nextUpdate: local(instant(alert.nextUpdate), zone),
    expectedEnd: local(instant(alert.expectedEnd), zone),
  };
}

// What the form proposes: the same, but no time that has passed as the next update.
export function proposedEdit(alert: AlertJson, zone: string, now: number): AlertEdit {
  const next = instant(alert.nextUpdate);
  const overdue = next !== null && next < now;
  const edit = editOf(alert, zone);
  return overdue ? { ...edit, nextUpdate: localText(now + nextAfter, zone) } : edit;
}

export function editProblems(edit: AlertEdit, zone: string): EditProblems {
  const problems: EditProblems = {};
  const length = [...edit.headline.trim()].length;
  if (length === 0 || length > 90) problems.headline = `${length} characters; 1 to 90.`;
  for (const field of ['nextUpdate', 'expectedEnd'] as const) {
    if (edit[field] !== '' && meaning(edit[field], zone).case === 'missing') {
      problems[field] = 'The clocks skip this time in that night: take one before or after.';
    }
  }
  return problems;
}

// The fields that were changed since the form was opened, as an update. Only these: what a colleague
// has changed meanwhile stays.
export function changeOf(
  edit: AlertEdit,
  opened: AlertEdit,
  zone: string,
): { alert: AlertJson; fields: string[] } {
  const fields = (Object.keys(edit) as (keyof AlertEdit)[]).filter(
    (field) => edit[field].trim() !== opened[field].trim(),
  );
  const alert: AlertJson = {};
  for (const field of fields) {
    if (field === 'phase') {
      alert.phase = edit.phase;
    } else if (field === 'headline' || field === 'impact') {
      alert[field] = edit[field].trim();
    } else {
      // A time that is left out is taken away.
      const at = instantOf(edit[field], zone);
      if (at !== null) alert[field] = { at: new Date(at).toISOString() };
    }
  }
  return { alert, fields };
}

function local(ms: number | null, zone: string): string {
  return ms === null ? '' : localText(ms, zone);
}

// Of a time that the clocks show twice, the first.
function instantOf(text: string, zone: string): number | null {
  const meant = meaning(text, zone);
  if (meant.case === 'once') return meant.at;
  return meant.case === 'twice' ? meant.first : null;
}
