import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { clock, when } from '../time/words.ts';

export interface MovedTime {
  from: number | null;
  to: number | null;
  // What stands for a time that is not known.
  unknown: string;
}

const headlineLimit = 90;
const twoDays = 48 * 60 * 60_000;

// Texts were written with a notice's times in them. When a time moves, they follow: the fields that
// name the old one, with the new one in its place. A headline that would be too long stays.
export function movedTexts(
  alert: AlertJson,
  moved: readonly MovedTime[],
  zone: string,
  now: number,
): { alert: AlertJson; fields: string[] } {
  const follow = (text: string | undefined) =>
    moved.reduce((before, time) => followed(before, time, zone, now), text ?? '');
  const next: AlertJson = {};
  const headline = follow(alert.headline);
  if (headline !== (alert.headline ?? '') && [...headline].length <= headlineLimit)
    next.headline = headline;
  const impact = follow(alert.impact);
  if (impact !== (alert.impact ?? '')) next.impact = impact;
  const steps = alert.instructions ?? [];
  if (steps.some(({ text }) => follow(text) !== (text ?? '')))
    next.instructions = steps.map((step) => ({ ...step, text: follow(step.text) }));
  const items = alert.backEntry ?? [];
  if (items.some((item) => follow(item) !== item)) next.backEntry = items.map(follow);
  return { alert: next, fields: Object.keys(next) };
}

// Every form in which the time was filled in: "02:00", "Sun 02:00", "Sun 2 Nov 02:00 MST".
function followed(text: string, time: MovedTime, zone: string, now: number): string {
  const { from, to } = time;
  if (from === null || from === to) return text;
  // "Sun", as seen from another day.
  const [weekday = ''] = when(from, zone, from - twoDays).split(' ');
  const pattern = new RegExp(
    `(?<![\\d:])(?:${weekday} (?:\\d{1,2} [A-Z][a-z]{2,3} )?)?${clock(from, zone)}(?![\\d:])( [A-Z]{3,5}\\b)?`,
    'g',
  );
  return text.replace(pattern, (_whole, abbreviation: string | undefined) =>
    to === null ? time.unknown : when(to, zone, now, abbreviation !== undefined),
  );
}
