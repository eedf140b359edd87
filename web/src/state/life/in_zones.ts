import { type SayTime, when } from '../time/words.ts';
import { offsetMinutes } from '../time/zone.ts';

// The zones in which a notice is read: its own, and those of the sites that it reaches.
export function zonesRead(
  own: string,
  siteIds: readonly (string | undefined)[],
  sites: readonly { id?: string; zone?: string }[],
): string[] {
  const reached = sites.filter(({ id }) => siteIds.includes(id)).map(({ zone }) => zone || own);
  return [...new Set([own, ...reached])];
}

// How times are said in a list of notices of several sites: with their zone where the hospital has
// more than one, for the list does not know who reads each.
export function inList(sites: readonly { zone?: string }[]): SayTime {
  const several = new Set(sites.map(({ zone }) => zone || 'UTC')).size > 1;
  return (ms, zone, now, withZone = false, spoken) =>
    when(ms, zone, now, withZone || several, spoken);
}

// How times are said of a notice that is read in these zones: in its own first, "14:00 MST / 13:00
// PST". Where the clocks show the same, or there is one zone only, no zone stands behind it.
export function inZones(zones: readonly string[]): SayTime {
  return (ms, zone, now, withZone = false, spoken) => {
    const shown = new Map([[offsetMinutes(ms, zone), zone]]);
    for (const other of zones) {
      const offset = offsetMinutes(ms, other);
      if (!shown.has(offset)) shown.set(offset, other);
    }
    return [...shown.values()]
      .map((each) => when(ms, each, now, withZone || shown.size > 1, spoken))
      .join(' / ');
  };
}
