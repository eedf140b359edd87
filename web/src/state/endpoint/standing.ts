import type { AlertJson, ClearedPartJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { say } from '../language/say.ts';
import type { Spoken } from '../language/words.ts';
import { instant, isPlan } from '../time/notice_times.ts';
import { when } from '../time/words.ts';

// Where an open notice stands, in one line. The same lines as in the agent's windows
// (agent/core/standing.h), held to one table of cases: tests/data/standing.json.

const minute = 60_000;
// So long before the start everybody shall have signed out.
const signedOutBefore = 15;

// Rounded up, so that 14 min 30 s reads "15 min" and only the start itself reads 0.
const minutesAhead = (from: number, until: number) => Math.ceil((until - from) / minute);

// "15 min", "1 h 5 min", "7 h", "3 days": from 2 hours on to the hour, from 48 hours on to the day.
export function aheadText(from: number, until: number, spoken: Spoken): string {
  const ahead = Math.max(minutesAhead(from, until), 0);
  if (ahead <= 60) return say(spoken, 'minutes', { minutes: String(ahead) });
  if (ahead < 120) {
    return say(spoken, 'hoursMinutes', {
      hours: String(Math.floor(ahead / 60)),
      minutes: String(ahead % 60),
    });
  }
  if (ahead < 48 * 60) {
    return say(spoken, 'hours', { hours: String(Math.floor((ahead + 30) / 60)) });
  }
  return say(spoken, 'days', { days: String(Math.floor((ahead + 720) / 1440)) });
}

// "Planned, starts 02:00 (in 15 min): save and sign out by 01:45"; "Planned 02:00, not confirmed";
// "Takes longer than planned: was to end 04:00"; empty: nothing to say beside since when it lasts.
// `occasion`: of the round that counts here.
export function standing(
  alert: AlertJson,
  occasion: AlertJson['occasion'],
  zone: string,
  now: number,
  spoken: Spoken,
): string {
  if (alert.state !== 'ACTIVE') return '';
  const time = (ms: number) => when(ms, zone, now, false, spoken);
  const start = instant(alert.start);
  if (start !== null && alert.startedAt === undefined) {
    if (start > now && isPlan(alert)) return planText(alert, occasion, start, now, time, spoken);
    if (start > now) {
      return say(spoken, 'fromTime', { time: time(start), span: aheadText(now, start, spoken) });
    }
    if (isPlan(alert)) return say(spoken, 'notConfirmed', { time: time(start) });
  }
  const over = instant(alert.overrunSince);
  const extended = (instant(alert.expectedEnd) ?? 0) > now;
  return over === null || extended ? '' : say(spoken, 'overrun', { time: time(over) });
}

function planText(
  alert: AlertJson,
  occasion: AlertJson['occasion'],
  start: number,
  now: number,
  time: (ms: number) => string,
  spoken: Spoken,
): string {
  const reminder = occasion === 'REMINDER';
  const moved = !reminder && (occasion === 'POSTPONED' || alert.phase === 'POSTPONED');
  const planned = say(spoken, moved ? 'postponedAhead' : 'plannedAhead', {
    time: time(start),
    span: aheadText(now, start, spoken),
  });
  if (!reminder) return planned;
  return minutesAhead(now, start) < signedOutBefore
    ? say(spoken, 'signOutNow', { standing: planned })
    : say(spoken, 'signOutBy', {
        standing: planned,
        time: time(start - signedOutBefore * minute),
      });
}

// What is in order again at one site while the notice is open.
export interface Cleared {
  // Nothing of it is down at this site any more.
  allHere: boolean;
  // A part is in order again, at other sites only.
  elsewhere: boolean;
  works: string[];
  down: string[];
  // The last part that concerns this site.
  last: ClearedPartJson | null;
}

// `siteId` empty: only what is in order again at all sites counts.
export function clearedAt(alert: AlertJson, siteId: string): Cleared {
  const again = new Map<string, string>();
  let last: ClearedPartJson | null = null;
  let elsewhere = false;
  let whole = false;
  for (const part of alert.cleared ?? []) {
    const sites = part.sites ?? [];
    if (sites.length > 0 && !sites.includes(siteId)) {
      elsewhere = true;
      continue;
    }
    last = part;
    const services = part.services ?? [];
    whole ||= services.length === 0;
    services.forEach((id, index) => {
      if (!again.has(id)) again.set(id, part.serviceNames?.[index] ?? id);
    });
  }
  const services = alert.services ?? [];
  const down = services.flatMap((id, index) =>
    whole || again.has(id) ? [] : [alert.serviceNames?.[index] ?? id],
  );
  const allHere = last !== null && (whole || down.length === 0);
  return { allHere, elsewhere, works: [...again.values()], down, last };
}

// True if `text` names everything that works again and everything that is still down, as the words of
// a partial all clear do: then the line below need not say it again.
export function namesAll(text: string, cleared: Cleared): boolean {
  const { works, down } = cleared;
  return works.length > 0 && [...works, ...down].every((name) => text.includes(name));
}

// "Works again since 03:10: Orders and results (lab). Still down: Imaging."; empty: nothing is.
export function clearedText(cleared: Cleared, zone: string, now: number, spoken: Spoken): string {
  const { last, works, down } = cleared;
  if (last === null) return cleared.elsewhere ? say(spoken, 'clearElsewhere') : '';
  if (works.length === 0 || down.length === 0) return '';
  const at = instant(last.at);
  const time = at === null ? '' : when(at, zone, now, false, spoken);
  const again = say(spoken, 'worksAgain', { time, works: works.join(', ') });
  return `${again} ${say(spoken, 'stillDown', { down: down.join(', ') })}`;
}
