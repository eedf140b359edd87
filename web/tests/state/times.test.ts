import { describe, expect, it } from 'vitest';
import { localText, meaning } from '../../src/state/time/local_time.ts';
import { expectedBackFact, nextUpdateFact, startFact } from '../../src/state/time/notice_times.ts';
import { calmSpan, clockWithSeconds, span, when } from '../../src/state/time/words.ts';
import { clocksChangeNear, knownZone, offsetMinutes } from '../../src/state/time/zone.ts';
import { alertOf, denver, hour, minute, noon, zoned } from '../build_alert.ts';

describe('times in words', () => {
  it('are those of the site, with the day if it is not today', () => {
    expect(when(noon, denver, noon)).toBe('14:00');
    expect(when(noon + 12 * hour, denver, noon)).toBe('Mon 02:00');
    expect(when(noon + 9 * 24 * hour, denver, noon)).toBe('Tue 1 Dec 14:00');
    expect(when(noon, 'America/Los_Angeles', noon)).toBe('13:00');
    expect(clockWithSeconds(noon + 31_000, denver)).toBe('14:00:31');
  });

  it('carry the zone only when asked, or when the clocks change within a day', () => {
    expect(when(noon, denver, noon, true)).toBe('14:00 MST');
    const night = Date.parse('2026-11-01T07:30:00Z'); // 01:30 MDT, half an hour before the change
    expect(when(night, denver, night)).toBe('01:30 MDT');
    expect(when(night + hour, denver, night)).toBe('01:30 MST');
    expect(clocksChangeNear(noon, denver)).toBe(false);
  });

  it('survive a zone that the browser does not know', () => {
    expect(knownZone('Mars/Olympus')).toBe('UTC');
    expect(when(noon, 'Mars/Olympus', noon)).toBe('21:00');
  });

  it('have spans that people read at a glance', () => {
    expect([0, 59_999, minute, 72 * minute, 2 * hour, 50 * hour].map((ms) => span(ms))).toEqual([
      '0 s',
      '59 s',
      '1 min',
      '1 h 12 min',
      '2 h',
      '2 d 2 h',
    ]);
    expect(calmSpan(20_000)).toBe('less than a minute');
    expect(span(-5)).toBe('0 s');
  });
});

describe('the times of a notice', () => {
  it('say since when and for how long', () => {
    expect(startFact(alertOf({ start: zoned(noon - 72 * minute) }), denver, noon)).toEqual({
      label: 'Since',
      value: '12:48',
      aside: 'for 1 h 12 min',
      late: false,
    });
  });

  it('take the time of publishing where no start is given', () => {
    expect(startFact(alertOf(), denver, noon)?.value).toBe('14:00');
  });

  it('do not claim that planned work has started', () => {
    const plan = alertOf({
      kind: 'PLANNED_DOWNTIME',
      phase: 'ANNOUNCED',
      start: zoned(noon - minute),
    });
    expect(startFact(plan, denver, noon)).toMatchObject({
      label: 'Planned',
      aside: 'start not confirmed',
    });
    expect(startFact({ ...plan, phase: 'CONFIRMED' }, denver, noon)?.label).toBe('Since');
  });

  it('say when an update is overdue', () => {
    const alert = alertOf({ nextUpdate: zoned(noon + 30 * minute) });
    expect(nextUpdateFact(alert, denver, noon)).toEqual({
      label: 'Next update',
      value: '14:30',
      aside: 'in 30 min',
      late: false,
    });
    expect(nextUpdateFact(alert, denver, noon + 35 * minute)).toEqual({
      label: 'Update overdue',
      value: 'was due 14:30',
      aside: 'by 5 min',
      late: true,
    });
    expect(nextUpdateFact(alertOf(), denver, noon)).toBeNull();
  });

  it('say unknown where no end is given, and late when it has passed', () => {
    expect(expectedBackFact(alertOf(), denver, noon)?.value).toBe('unknown');
    const over = alertOf({ expectedEnd: zoned(noon - minute) });
    expect(expectedBackFact(over, denver, noon)?.late).toBe(true);
    expect(expectedBackFact(alertOf({ kind: 'INFORMATION' }), denver, noon)).toBeNull();
  });
});

describe('a typed time', () => {
  it('means one instant on most days', () => {
    expect(meaning('2026-11-22T14:00', denver)).toEqual({ case: 'once', at: noon });
    expect(localText(noon, denver)).toBe('2026-11-22T14:00');
  });

  it('is missing in the hour that the clocks skip', () => {
    expect(meaning('2026-03-08T02:30', denver)).toEqual({ case: 'missing' });
  });

  it('is asked for in the hour that comes twice', () => {
    const meant = meaning('2026-11-01T01:30', denver);
    expect(meant).toEqual({
      case: 'twice',
      first: Date.parse('2026-11-01T07:30:00Z'),
      second: Date.parse('2026-11-01T08:30:00Z'),
    });
  });

  it('is malformed when it is none', () => {
    expect(meaning('tonight', denver)).toEqual({ case: 'malformed' });
    expect(meaning('', denver)).toEqual({ case: 'malformed' });
  });

  it('works in zones with odd offsets', () => {
    expect(offsetMinutes(noon, 'Asia/Kathmandu')).toBe(345);
    expect(meaning('2026-11-23T02:45', 'Asia/Kathmandu')).toEqual({ case: 'once', at: noon });
  });
});
