import type { AlertJson, MissedStepJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { instant } from '../time/notice_times.ts';
import { type SayTime, when } from '../time/words.ts';

// The broker looks every few seconds: what has waited for longer was missed.
const missedAfter = 60_000;

// It was to go out, that moment has passed, and no ward has seen it.
export function didNotGoOut(alert: AlertJson, now: number): boolean {
  const at = instant(alert.sendAt);
  return alert.state === 'SCHEDULED' && at !== null && at + missedAfter < now;
}

// For a list: its page asks what shall be done about it; "" if nothing was missed.
export function missedWords(alert: AlertJson): string {
  return (alert.missed ?? []).length === 0 ? '' : 'Missed by the clock: what shall be done?';
}

// What was not done while nothing ran, one line each, oldest first.
export function missedLines(
  alert: AlertJson,
  zone: string,
  now: number,
  sayTime: SayTime = when,
): string[] {
  const lines = (alert.missed ?? []).map((step) => {
    const due = instant(step.due);
    return missedLine(step.kind, due === null ? '' : sayTime(due, zone, now));
  });
  // Shifts of several wards begin at the same time.
  return [...new Set(lines)];
}

function missedLine(kind: MissedStepJson['kind'], due: string): string {
  switch (kind) {
    case 'KIND_SEND':
      return `It did not go out at ${due}. No ward has seen it.`;
    case 'KIND_REMINDER':
      return `The reminder of ${due} was not shown.`;
    case 'KIND_START':
      return `It was not shown at its planned start, ${due}.`;
    case 'KIND_SHIFT_START':
      return `It was not shown to the shift that began ${due}.`;
    case 'KIND_UNSPECIFIED':
    case undefined:
      return `Something was not done at ${due}.`;
  }
}
