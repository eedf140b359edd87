import { expect, it } from 'vitest';
import { inEnglish } from '../../src/state/language/words.ts';
import { copiesOf } from '../../src/state/life/copy_as.ts';
import { inList, inZones, zonesRead } from '../../src/state/life/in_zones.ts';
import { standingWords } from '../../src/state/life/standing.ts';
import { nextUpdateFact, startFact } from '../../src/state/time/notice_times.ts';
import { alertOf, denver, hour, minute, noon, zoned } from '../build_alert.ts';

const pacific = 'America/Los_Angeles';
const phoenix = 'America/Phoenix';
const sites = [
  { id: 'main', zone: denver },
  { id: 'north', zone: pacific },
  { id: 'desert', zone: phoenix },
];

it('takes the zones of the wards that are reached, the notice’s own first', () => {
  expect(zonesRead(denver, ['main', 'main'], sites)).toEqual([denver]);
  expect(zonesRead(pacific, ['main', 'north', undefined], sites)).toEqual([pacific, denver]);
  expect(zonesRead(denver, [], sites)).toEqual([denver]);
  expect(zonesRead(denver, ['plain'], [{ id: 'plain' }])).toEqual([denver]);
});

it('says a time in both, and names zones only where there are two', () => {
  const both = inZones([denver, pacific]);
  expect(both(noon, denver, noon)).toBe('14:00 MST / 13:00 PST');
  expect(both(noon, pacific, noon)).toBe('13:00 PST / 14:00 MST');
  expect(inZones([denver])(noon, denver, noon)).toBe('14:00');
  expect(inZones([denver])(noon, denver, noon, true)).toBe('14:00 MST');
});

it('names the zone in lists of a hospital that has several', () => {
  expect(inList(sites)(noon, denver, noon)).toBe('14:00 MST');
  expect(inList(sites)(noon, pacific, noon)).toBe('13:00 PST');
  expect(inList([{ zone: denver }, { zone: denver }])(noon, denver, noon)).toBe('14:00');
});

it('says the day where it is another one', () => {
  // Half past midnight on Monday in Denver is still Sunday in Los Angeles.
  const both = inZones([denver, pacific]);
  expect(both(noon + 10.5 * hour, denver, noon)).toBe('Mon 00:30 MST / 23:30 PST');
});

it('says a time once where the clocks show the same', () => {
  const winter = inZones([denver, phoenix]);
  expect(winter(noon, denver, noon)).toBe('14:00');
  const summer = Date.parse('2026-07-01T20:00:00Z');
  expect(winter(summer, denver, summer)).toBe('14:00 MDT / 13:00 MST');
  expect(inZones([denver, phoenix, pacific])(noon, denver, noon)).toBe('14:00 MST / 13:00 PST');
});

it('names the zone near a change of the clocks, also where there is one', () => {
  const night = Date.parse('2026-11-01T07:30:00Z');
  expect(inZones([denver])(night, denver, night)).toBe('01:30 MDT');
  expect(inZones([denver, pacific])(night, denver, night)).toBe('01:30 MDT / 00:30 PDT');
});

it('is how the facts, the state and the copies of a notice say their times', () => {
  const both = inZones([denver, pacific]);
  const alert = alertOf({ nextUpdate: zoned(noon - 10 * minute), start: zoned(noon - hour) });
  expect(startFact(alert, denver, noon, inEnglish, both)?.value).toBe('13:00 MST / 12:00 PST');
  expect(nextUpdateFact(alert, denver, noon, inEnglish, both)?.value).toBe(
    'was due 13:50 MST / 12:50 PST',
  );
  const later = alertOf({ state: 'SCHEDULED', sendAt: zoned(noon + hour) });
  expect(standingWords(later, denver, noon, both)).toBe('Goes out 15:00 MST / 14:00 PST, in 1 h');
  const context = { zone: denver, now: noon, sayTime: both, phone: '', progress: undefined };
  expect(copiesOf(alert, context).mail).toContain('Since: 13:00 MST / 12:00 PST');
});
