import { describe, expect, it } from 'vitest';
import {
  changeOf,
  editOf,
  editProblems,
  proposedEdit,
} from '../../src/state/publish/alert_edit.ts';
import { alertOf, denver, hour, minute, noon, zoned } from '../build_alert.ts';

const alert = alertOf({
  phase: 'CONFIRMED',
  headline: 'Lab is down',
  impact: 'No results.',
  nextUpdate: zoned(noon + hour),
});
const opened = editOf(alert, denver);

describe('an edit of an open notice', () => {
  it('sends what was changed, and nothing else', () => {
    expect(changeOf(opened, opened, denver)).toEqual({ alert: {}, fields: [] });
    const edit = { ...opened, headline: ' Lab is slow ', phase: 'EXTENDED' } as const;
    expect(changeOf(edit, opened, denver)).toEqual({
      alert: { headline: 'Lab is slow', phase: 'EXTENDED' },
      fields: ['phase', 'headline'],
    });
  });

  it('takes a time in the zone of the notice, and away if it is emptied', () => {
    const edit = { ...opened, nextUpdate: '', expectedEnd: '2026-11-22T18:30' };
    expect(changeOf(edit, opened, denver)).toEqual({
      alert: { expectedEnd: { at: '2026-11-23T01:30:00.000Z' } },
      fields: ['nextUpdate', 'expectedEnd'],
    });
  });

  it('proposes half an hour in place of a promise that has passed, and sends it', () => {
    expect(proposedEdit(alert, denver, noon)).toEqual(opened);
    const late = proposedEdit(alert, denver, noon + 2 * hour);
    expect(late.nextUpdate).toBe('2026-11-22T16:30');
    expect(changeOf(late, opened, denver).alert).toEqual({
      nextUpdate: { at: new Date(noon + 2 * hour + 30 * minute).toISOString() },
    });
  });

  it('refuses a time that the clocks skip, and a headline that is too long', () => {
    expect(editProblems(opened, denver)).toEqual({});
    expect(editProblems({ ...opened, expectedEnd: '2027-03-14T02:30' }, denver)).toHaveProperty(
      'expectedEnd',
    );
    expect(editProblems({ ...opened, headline: 'x'.repeat(91) }, denver)).toHaveProperty(
      'headline',
    );
  });
});
