import { expect, it } from 'vitest';
import { inZones } from '../../src/state/life/in_zones.ts';
import { didNotGoOut, missedLines, missedWords } from '../../src/state/life/missed.ts';
import { standingWords } from '../../src/state/life/standing.ts';
import { alertOf, denver, hour, minute, noon, zoned } from '../build_alert.ts';

it('says of each step what was not done, and when', () => {
  const alert = alertOf({
    missed: [
      { kind: 'KIND_SEND', due: zoned(noon - 5 * hour) },
      { kind: 'KIND_REMINDER', due: zoned(noon - 4 * hour) },
      { kind: 'KIND_START', due: zoned(noon - 3 * hour) },
      { kind: 'KIND_SHIFT_START', due: zoned(noon - 7 * hour) },
      { kind: 'KIND_SHIFT_START', due: zoned(noon - 7 * hour) },
    ],
  });
  expect(missedLines(alert, denver, noon)).toEqual([
    'It did not go out at 09:00. No ward has seen it.',
    'The reminder of 10:00 was not shown.',
    'It was not shown at its planned start, 11:00.',
    'It was not shown to the shift that began 07:00.',
  ]);
  const both = inZones([denver, 'America/Los_Angeles']);
  expect(missedLines(alert, denver, noon, both)[1]).toBe(
    'The reminder of 10:00 MST / 09:00 PST was not shown.',
  );
  expect(missedLines(alertOf(), denver, noon)).toEqual([]);
});

it('marks in lists that somebody is asked', () => {
  expect(missedWords(alertOf())).toBe('');
  expect(missedWords(alertOf({ missed: [{ kind: 'KIND_REMINDER' }] }))).toContain('Missed');
});

it('does not promise that what waits for a moment in the past goes out by itself', () => {
  const waits = alertOf({ state: 'SCHEDULED', sendAt: zoned(noon) });
  // The broker looks every few seconds.
  expect(standingWords(waits, denver, noon + 10_000)).toBe('Goes out in this moment');
  expect(didNotGoOut(waits, noon + minute)).toBe(false);
  expect(didNotGoOut(waits, noon + minute + 1)).toBe(true);
  expect(standingWords(waits, denver, noon + hour)).toBe('Did not go out 14:00');
  expect(didNotGoOut({ ...waits, state: 'ACTIVE' }, noon + hour)).toBe(false);
  expect(didNotGoOut(alertOf({ state: 'SCHEDULED' }), noon)).toBe(false);
});
