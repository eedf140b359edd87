import { describe, expect, it } from 'vitest';
import { apply, known } from '../../src/state/endpoint/apply.ts';
import { emptyState } from '../../src/state/endpoint/held.ts';
import { alertOf, life, noon } from '../build_alert.ts';

const serverTime = new Date(noon).toISOString();
const first = apply(
  emptyState,
  { alerts: [{ alert: alertOf() }], synced: true, sequence: '10', serverTime },
  life,
);

describe('apply', () => {
  it('takes what the broker says', () => {
    expect(first.held.get('A1')?.alert.headline).toBe('Lab results are down');
    expect(first.sequence).toBe(10n);
    expect(first.heardAt).toBe(noon);
  });

  it('changes nothing when the same message comes twice', () => {
    const again = apply(
      first,
      { alerts: [{ alert: alertOf() }], sequence: '10', serverTime },
      life,
    );
    expect(again.held.get('A1')).toBe(first.held.get('A1'));
  });

  it('ignores an older version', () => {
    const old = alertOf({ version: '9', headline: 'old' });
    const next = apply(first, { alerts: [{ alert: old }], sequence: '10' }, life);
    expect(next.held.get('A1')?.alert.headline).toBe('Lab results are down');
  });

  it('lets a higher generation beat every version of a lower one', () => {
    const restored = alertOf({ generation: '2', version: '3', headline: 'restored' });
    const next = apply(
      first,
      { alerts: [{ alert: restored }], sequence: '3' },
      { ...life, generation: 2n },
    );
    expect(next.held.get('A1')?.alert.headline).toBe('restored');
    expect(next.sequence).toBe(3n);
  });

  it('keeps marks and answers when an alert changes in place', () => {
    const answer = {
      alertId: 'A1',
      wardId: '4w',
      round: 1,
      response: 'NOT_AFFECTED',
      answerVersion: '5',
    } as const;
    const answered = apply(first, { answers: [answer], sequence: '10' }, life);
    const changed = apply(
      answered,
      { alerts: [{ alert: alertOf({ version: '11' }) }], sequence: '11' },
      life,
    );
    expect(changed.held.get('A1')?.answers).toEqual([answer]);
    expect(apply(changed, { answers: [answer] }, life).held.get('A1')?.answers).toHaveLength(1);
  });

  it('removes what the broker of the same log takes back', () => {
    const next = apply(
      first,
      { removed: [{ alertId: 'A1', version: '12' }], sequence: '12' },
      life,
    );
    expect(next.held.size).toBe(0);
  });

  it('keeps a newer version than the removal is about', () => {
    const next = apply(first, { removed: [{ alertId: 'A1', version: '8' }], sequence: '12' }, life);
    expect(next.held.size).toBe(1);
  });

  it('lets no broker remove alerts of another log', () => {
    const other = { logId: 'log-b', generation: 1n };
    const next = apply(
      first,
      { removed: [{ alertId: 'A1', version: '99' }], sequence: '99' },
      other,
    );
    expect(next.held.size).toBe(1);
  });

  it('does not carry a sequence from one log to another', () => {
    const next = apply(
      first,
      { synced: true, sequence: '2', serverTime },
      { logId: 'log-b', generation: 1n },
    );
    expect(next.sequence).toBe(2n);
  });

  it('says what it holds, with the highest answer version', () => {
    const answers = [
      { alertId: 'A1', wardId: '4w', answerVersion: '9' },
      { alertId: 'A1', wardId: '4w', answerVersion: '10' },
    ];
    expect(known(apply(first, { answers }, life))).toEqual([
      { alertId: 'A1', logId: 'log-a', generation: '1', version: '10', answerVersion: '10' },
    ]);
  });

  it('never says more than a broker accepts, and forgets closed ones first', () => {
    const alerts = Array.from({ length: 1200 }, (_, i) => ({
      alert: alertOf({ id: `B${i}`, state: i < 300 ? 'ACTIVE' : 'CLOSED' }),
    }));
    const said = known(apply(emptyState, { alerts }, life));
    expect(said).toHaveLength(1000);
    expect(said.slice(0, 300).every(({ alertId }) => Number(alertId?.slice(1)) < 300)).toBe(true);
  });
});
