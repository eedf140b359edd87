const minute = 60_000;
const day = 24 * 60 * minute;

const formats = new Map<string, Intl.DateTimeFormat>();

// Formats are expensive to make and are needed again every second.
function format(key: string, zone: string, options: Intl.DateTimeFormatOptions, locale: string) {
  const id = `${key}|${zone}`;
  let made = formats.get(id);
  if (made === undefined) {
    made = new Intl.DateTimeFormat(locale, { ...options, timeZone: knownZone(zone) });
    formats.set(id, made);
  }
  return made;
}

const zones = new Map<string, string>();

// The zone itself, or UTC if this browser does not know it.
export function knownZone(zone: string): string {
  let known = zones.get(zone);
  if (known === undefined) {
    try {
      new Intl.DateTimeFormat('en-GB', { timeZone: zone });
      known = zone === '' ? 'UTC' : zone;
    } catch {
      known = 'UTC';
    }
    zones.set(zone, known);
  }
  return known;
}

export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

export function wallTime(ms: number, zone: string): WallTime {
  const parts = format(
    'wall',
    zone,
    {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
    },
    'en-GB',
  ).formatToParts(ms);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value ?? 0);
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  };
}

// Minutes east of UTC at this instant.
export function offsetMinutes(ms: number, zone: string): number {
  const wall = wallTime(ms, zone);
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  return Math.round((asUtc - Math.floor(ms / 1000) * 1000) / minute);
}

// For example "MST".
export function abbreviation(ms: number, zone: string): string {
  const parts = format('abbreviation', zone, { timeZoneName: 'short' }, 'en-US').formatToParts(ms);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? 'UTC';
}

// True if the clocks change within 24 hours of this instant: then times carry their zone.
export function clocksChangeNear(ms: number, zone: string): boolean {
  return offsetMinutes(ms - day, zone) !== offsetMinutes(ms + day, zone);
}

// Days from the local day of `from` to the local day of `to`.
export function daysBetween(from: number, to: number, zone: string): number {
  const a = wallTime(from, zone);
  const b = wallTime(to, zone);
  return Math.round(
    (Date.UTC(b.year, b.month - 1, b.day) - Date.UTC(a.year, a.month - 1, a.day)) / day,
  );
}
