import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { calmSpan, when } from './words.ts';

// One time of a notice in words. `late` marks what was promised and has passed.
export interface TimeFact {
  label: string;
  value: string;
  // Stands behind the value: how long ago, how soon, how late.
  aside: string;
  late: boolean;
}

export function instant(at: { at?: string } | undefined): number | null {
  const ms = Date.parse(at?.at ?? '');
  return Number.isNaN(ms) ? null : ms;
}

// Since or from when.
export function startFact(alert: AlertJson, zone: string, now: number): TimeFact | null {
  const start = instant(alert.start) ?? instant(alert.publishedAt);
  if (start === null) return null;
  const value = when(start, zone, now);
  const ahead = start > now;
  if (alert.kind === 'PLANNED_DOWNTIME' && isPlan(alert)) {
    return ahead
      ? { label: 'Planned from', value, aside: `in ${calmSpan(start - now)}`, late: false }
      : { label: 'Planned', value, aside: 'start not confirmed', late: false };
  }
  return ahead
    ? { label: 'From', value, aside: `in ${calmSpan(start - now)}`, late: false }
    : { label: 'Since', value, aside: sinceWords(now - start), late: false };
}

const sinceWords = (ms: number) => (ms < 60_000 ? 'just now' : `for ${calmSpan(ms)}`);

function isPlan(alert: AlertJson): boolean {
  return (
    alert.phase === undefined ||
    alert.phase === 'UNSPECIFIED' ||
    alert.phase === 'ANNOUNCED' ||
    alert.phase === 'POSTPONED'
  );
}

// The publisher's promise. Null: none was given.
export function nextUpdateFact(alert: AlertJson, zone: string, now: number): TimeFact | null {
  const next = instant(alert.nextUpdate);
  if (next === null || alert.state === 'CLOSED') return null;
  const value = when(next, zone, now);
  return next > now
    ? { label: 'Next update', value, aside: `in ${calmSpan(next - now)}`, late: false }
    : {
        label: 'Update overdue',
        value: `was due ${value}`,
        aside: now - next < 60_000 ? 'just now' : `by ${calmSpan(now - next)}`,
        late: true,
      };
}

export function expectedBackFact(alert: AlertJson, zone: string, now: number): TimeFact | null {
  if (alert.kind === 'INFORMATION' || alert.state === 'RECOVERING') return null;
  const end = instant(alert.expectedEnd);
  if (end === null) return { label: 'Expected back', value: 'unknown', aside: '', late: false };
  const value = when(end, zone, now);
  return end > now
    ? { label: 'Expected back', value, aside: `in ${calmSpan(end - now)}`, late: false }
    : { label: 'Expected back', value, aside: 'taking longer than said', late: true };
}
