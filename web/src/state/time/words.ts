import {
  abbreviation,
  clocksChangeNear,
  dayAndMonth,
  daysBetween,
  wallTime,
  weekday,
} from './zone.ts';

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
export function when(ms: number, zone: string, now: number, withZone = false): string {
  const days = daysBetween(now, ms, zone);
  const date =
    days === 0
      ? ''
      : Math.abs(days) <= 6
        ? `${weekday(ms, zone)} `
        : `${weekday(ms, zone)} ${dayAndMonth(ms, zone)} `;
  const suffix = withZone || clocksChangeNear(ms, zone) ? ` ${abbreviation(ms, zone)}` : '';
  return `${date}${clock(ms, zone)}${suffix}`;
}

// "40 s", "12 min", "1 h 12 min", "3 d 4 h". Never negative.
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  const restMinutes = minutes % 60;
  if (hours < 48) return restMinutes === 0 ? `${hours} h` : `${hours} h ${restMinutes} min`;
  return hours % 24 === 0
    ? `${Math.floor(hours / 24)} d`
    : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

// As `span`, but under a minute says so: for clocks that people glance at.
export function calmSpan(ms: number): string {
  return ms < 60_000 ? 'less than a minute' : span(ms);
}
