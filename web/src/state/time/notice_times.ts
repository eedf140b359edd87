import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { say } from '../language/say.ts';
import { inEnglish, type Key, type Spoken } from '../language/words.ts';
import { calmSpan, type SayTime, when } from './words.ts';

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

// Planned work that nobody has confirmed to have begun.
export function isPlan(alert: AlertJson): boolean {
  const announced =
    alert.phase === undefined ||
    alert.phase === 'UNSPECIFIED' ||
    alert.phase === 'ANNOUNCED' ||
    alert.phase === 'POSTPONED';
  return (
    alert.kind === 'PLANNED_DOWNTIME' &&
    announced &&
    alert.startedAt === undefined &&
    alert.state !== 'RECOVERING'
  );
}

// Since or from when: the confirmed start, else the stated one, else publishing.
export function startFact(
  alert: AlertJson,
  zone: string,
  now: number,
  spoken: Spoken = inEnglish,
  sayTime: SayTime = when,
): TimeFact | null {
  const start = instant(alert.startedAt) ?? instant(alert.start) ?? instant(alert.publishedAt);
  if (start === null) return null;
  const fact = (label: Key, aside: string) => ({
    label: say(spoken, label),
    value: sayTime(start, zone, now, false, spoken),
    aside,
    late: false,
  });
  const ahead = start > now;
  const soon = () => say(spoken, 'inSpan', { span: calmSpan(start - now, spoken) });
  if (isPlan(alert)) {
    return ahead
      ? fact('factPlannedFrom', soon())
      : fact('factPlanned', say(spoken, 'startNotConfirmed'));
  }
  return ahead ? fact('factFrom', soon()) : fact('factSince', sinceWords(now - start, spoken));
}

const sinceWords = (ms: number, spoken: Spoken) =>
  ms < 60_000 ? say(spoken, 'justNow') : say(spoken, 'forSpan', { span: calmSpan(ms, spoken) });

// The publisher's promise. Null: none was given.
export function nextUpdateFact(
  alert: AlertJson,
  zone: string,
  now: number,
  spoken: Spoken = inEnglish,
  sayTime: SayTime = when,
): TimeFact | null {
  const next = instant(alert.nextUpdate);
  if (next === null || alert.state === 'CLOSED') return null;
  const value = sayTime(next, zone, now, false, spoken);
  if (next > now) {
    const missed = (alert.missedUpdates ?? 0) > 0;
    return {
      label: say(spoken, 'factNextUpdate'),
      value,
      aside: missed
        ? say(spoken, 'updateOverdue')
        : say(spoken, 'inSpan', { span: calmSpan(next - now, spoken) }),
      late: missed,
    };
  }
  const late = now - next;
  return {
    label: say(spoken, 'factUpdateOverdue'),
    value: say(spoken, 'wasDue', { time: value }),
    aside:
      late < 60_000
        ? say(spoken, 'justNow')
        : say(spoken, 'bySpan', { span: calmSpan(late, spoken) }),
    late: true,
  };
}

export function expectedBackFact(
  alert: AlertJson,
  zone: string,
  now: number,
  spoken: Spoken = inEnglish,
  sayTime: SayTime = when,
): TimeFact | null {
  if (alert.kind === 'INFORMATION' || alert.state === 'RECOVERING') return null;
  const label = say(spoken, 'factExpectedBack');
  const end = instant(alert.expectedEnd);
  if (end === null) return { label, value: say(spoken, 'unknown'), aside: '', late: false };
  const value = sayTime(end, zone, now, false, spoken);
  return end > now
    ? {
        label,
        value,
        aside: say(spoken, 'inSpan', { span: calmSpan(end - now, spoken) }),
        late: false,
      }
    : { label, value, aside: say(spoken, 'longerThanSaid'), late: true };
}
