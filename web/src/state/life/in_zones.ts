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
