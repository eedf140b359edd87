import { expect, it } from 'vitest';
import { type MovedTime, movedTexts } from '../../src/state/life/moved_times.ts';
import { alertOf, denver, hour, minute, noon } from '../build_alert.ts';

const texts = (text: string, moved: Partial<MovedTime> = {}) =>
  movedTexts(
    alertOf({ impact: text }),
    [{ from: noon + 12 * hour, to: noon + 13 * hour, unknown: 'a later time', ...moved }],
    denver,
    noon,
  ).alert.impact;

it('follows a time that moves in every form in which it was filled in', () => {
  // 02:00 on Monday becomes 03:00.
  expect(texts('Sign out 15 minutes before 02:00.')).toBe('Sign out 15 minutes before Mon 03:00.');
  expect(texts('From Mon 02:00 on.')).toBe('From Mon 03:00 on.');
  expect(texts('From Mon 23 Nov 02:00 on.')).toBe('From Mon 03:00 on.');
  expect(texts('From 02:00 MST on.')).toBe('From Mon 03:00 MST on.');
  expect(texts('From Mon 02:00 on.', { to: null })).toBe('From a later time on.');
});

it('leaves what is no such time', () => {
  for (const text of ['12:00 or 02:000', '02:00:31', 'Nothing', '']) {
    expect(texts(text)).toBeUndefined();
  }
  expect(texts('02:00', { from: null })).toBeUndefined();
  expect(texts('02:00', { to: noon + 12 * hour })).toBeUndefined();
});

it('names only the fields that change, and keeps a headline within its limit', () => {
  const alert = alertOf({
    headline: `${'x'.repeat(84)} 14:30`,
    impact: 'Next update 14:30.',
    instructions: [{ when: 'DURING', text: 'Wait until 14:30', role: 'nurse' }],
    backEntry: ['What was written since 13:00'],
  });
  const moved = { from: noon + 30 * minute, to: noon + 36 * hour, unknown: '' };
  expect(movedTexts(alert, [moved], denver, noon)).toEqual({
    alert: {
      impact: 'Next update Tue 02:00.',
      instructions: [{ when: 'DURING', text: 'Wait until Tue 02:00', role: 'nurse' }],
    },
    fields: ['impact', 'instructions'],
  });
});
