import { offsetMinutes } from './zone.ts';

const minute = 60_000;

// What a wall time that somebody typed means in a zone.
export type Meaning =
  | { case: 'once'; at: number }
  // The clocks skip it: there is no such time.
  | { case: 'missing' }
  // The clocks show it twice.
  | { case: 'twice'; first: number; second: number }
  | { case: 'malformed' };

// `text` is "2026-11-01T01:30", as a datetime-local field gives it.
export function meaning(text: string, zone: string): Meaning {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::\d{2})?$/.exec(text);
  if (match === null) return { case: 'malformed' };
  const [year, month, day, hour, min] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const wall = Date.UTC(year, month - 1, day, hour, min);
  // The offsets a day before and after are all that can hold at this wall time.
  const offsets = new Set([
    offsetMinutes(wall - 24 * 60 * minute, zone),
    offsetMinutes(wall + 24 * 60 * minute, zone),
  ]);
  const fits = [...offsets]
    .map((offset) => ({ at: wall - offset * minute, offset }))
    .filter(({ at, offset }) => offsetMinutes(at, zone) === offset)
    .map(({ at }) => at)
    .sort((a, b) => a - b);
  const [first, second] = fits;
  if (first === undefined) return { case: 'missing' };
  return second === undefined ? { case: 'once', at: first } : { case: 'twice', first, second };
}

// The wall time of an instant as a datetime-local field wants it.
export function localText(ms: number, zone: string): string {
  const wall = new Date(ms + offsetMinutes(ms, zone) * minute);
  return wall.toISOString().slice(0, 16);
}
