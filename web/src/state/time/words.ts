import { say, sayItem } from '../language/say.ts';
import { inEnglish, type Spoken } from '../language/words.ts';
import { abbreviation, clocksChangeNear, daysBetween, wallTime } from './zone.ts';

const two = (value: number) => String(value).padStart(2, '0');

// "14:07"
export function clock(ms: number, zone: string): string {
  const wall = wallTime(ms, zone);
  return `${two(wall.hour)}:${two(wall.minute)}`;
}

// "14:07:31"
export function clockWithSeconds(ms: number, zone: string): string {
  return `${clock(ms, zone)}:${two(wallTime(ms, zone).second)}`;
}

// "14:07", "Sun 14:07" if not today, "Sun 2 Nov 02:00" if more than six days away. The zone stands
// behind it only if asked for, or if the clocks change within a day.
export function when(
  ms: number,
  zone: string,
  now: number,
  withZone = false,
  spoken: Spoken = inEnglish,
): string {
  const days = daysBetween(now, ms, zone);
  const date =
    days === 0
      ? ''
      : Math.abs(days) <= 6
        ? `${weekday(ms, zone, spoken)} `
        : `${dateWords(ms, zone, spoken)} `;
  const suffix = withZone || clocksChangeNear(ms, zone) ? ` ${abbreviation(ms, zone)}` : '';
  return `${date}${clock(ms, zone)}${suffix}`;
}

// How a time is said: as `when` does, or in each zone in which a notice is read.
export type SayTime = typeof when;

function weekday(ms: number, zone: string, spoken: Spoken): string {
  const { year, month, day } = wallTime(ms, zone);
  return sayItem(spoken, 'weekdays', new Date(Date.UTC(year, month - 1, day)).getUTCDay());
}

function dateWords(ms: number, zone: string, spoken: Spoken): string {
  const { month, day } = wallTime(ms, zone);
  return say(spoken, 'date', {
    weekday: weekday(ms, zone, spoken),
    day: String(day),
    month: sayItem(spoken, 'months', month - 1),
  });
}

// "40 s", "12 min", "1 h 12 min", "3 d 4 h". Never negative.
export function span(ms: number, spoken: Spoken = inEnglish): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return say(spoken, 'seconds', { seconds: String(seconds) });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return say(spoken, 'minutes', { minutes: String(minutes) });
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours < 48) {
    return say(spoken, rest === 0 ? 'hours' : 'hoursMinutes', {
      hours: String(hours),
      minutes: String(rest),
    });
  }
  return say(spoken, hours % 24 === 0 ? 'daysOnly' : 'daysHours', {
    days: String(Math.floor(hours / 24)),
    hours: String(hours % 24),
  });
}

// As `span`, but under a minute says so: for clocks that people glance at.
export function calmSpan(ms: number, spoken: Spoken = inEnglish): string {
  return ms < 60_000 ? say(spoken, 'lessThanAMinute') : span(ms, spoken);
}
