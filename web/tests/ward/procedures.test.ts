import { describe, expect, it } from 'vitest';
import { dateAt, reviewOf } from '../../src/state/procedures/review.ts';
import { denver, hour, noon } from '../build_alert.ts';

describe('the review of a procedure', () => {
  it('is when its team says, else 12 months after its approval', () => {
    const on = (part: object) => reviewOf(part, '2026-01-01').on;
    expect(on({ approvedOn: '2026-03-01', reviewOn: '2026-09-01' })).toBe('2026-09-01');
    expect(on({ approvedOn: '2026-03-01' })).toBe('2027-03-01');
    expect(on({ approvedOn: '2028-02-29' })).toBe('2029-02-28');
    expect(on({ approvedOn: 'last spring' })).toBe('');
    expect(on({})).toBe('');
  });

  it('is overdue from the day after', () => {
    const overdue = (today: string) => reviewOf({ reviewOn: '2026-09-01' }, today).overdue;
    expect(overdue('2026-08-31')).toBe(false);
    expect(overdue('2026-09-01')).toBe(false);
    expect(overdue('2026-09-02')).toBe(true);
    expect(reviewOf({}, '2026-09-02').overdue).toBe(false);
  });

  it('goes by the date at the site', () => {
    expect(dateAt(noon, denver)).toBe('2026-11-22');
    expect(dateAt(noon + 9 * hour, denver)).toBe('2026-11-22');
    expect(dateAt(noon + 10 * hour, denver)).toBe('2026-11-23');
  });
});
