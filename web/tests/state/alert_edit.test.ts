import { describe, expect, it } from 'vitest';
import {
  asksAgain,
  changeOf,
  editOf,
  editProblems,
  proposedEdit,
} from '../../src/state/publish/alert_edit.ts';
import { noTime } from '../../src/state/publish/typed_time.ts';
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
    const expectedEnd = { local: '2026-11-22T18:30', second: false };
    const edit = { ...opened, nextUpdate: noTime, expectedEnd };
    expect(changeOf(edit, opened, denver)).toEqual({
      alert: { expectedEnd: { at: '2026-11-23T01:30:00.000Z' } },
      fields: ['nextUpdate', 'expectedEnd'],
    });
  });

  it('proposes half an hour in place of a promise that has passed, and sends it', () => {
    expect(proposedEdit(alert, denver, noon)).toEqual(opened);
    const late = proposedEdit(alert, denver, noon + 2 * hour);
    expect(late.nextUpdate).toEqual({ local: '2026-11-22T16:30', second: false });
    expect(changeOf(late, opened, denver).alert).toEqual({
      nextUpdate: { at: new Date(noon + 2 * hour + 30 * minute).toISOString() },
    });
  });

  it('refuses a time that the clocks skip, and a headline that is too long', () => {
    expect(editProblems(opened, denver)).toEqual({});
    const expectedEnd = { local: '2027-03-14T02:30', second: false };
    expect(editProblems({ ...opened, expectedEnd }, denver)).toHaveProperty('expectedEnd');
    expect(editProblems({ ...opened, headline: 'x'.repeat(91) }, denver)).toHaveProperty(
      'headline',
    );
  });

  it('takes the second of two equal times, and keeps it as it was', () => {
    const second = { local: '2027-11-07T01:30', second: true };
    const edit = { ...opened, expectedEnd: second };
    const { alert: sent } = changeOf(edit, opened, denver);
    expect(sent.expectedEnd).toEqual({ at: '2027-11-07T08:30:00.000Z' });
    expect(editOf({ ...alert, ...sent }, denver).expectedEnd).toEqual(second);
  });

  it('changes what to do, and leaves the steps that it does not show', () => {
    const before = { when: 'BEFORE', text: 'Print the census' } as const;
    const full = {
      ...alert,
      instructions: [before, { when: 'DURING', text: 'Use paper' } as const],
    };
    const from = editOf(full, denver);
    expect(changeOf({ ...from, doNot: 'Do not restart' }, from, denver, full)).toEqual({
      alert: {
        instructions: [
          before,
          { when: 'DURING', text: 'Use paper' },
          { when: 'DO_NOT', text: 'Do not restart' },
        ],
      },
      fields: ['instructions'],
    });
  });

  it('asks again if what to do or for whom changes, never for wording', () => {
    expect(asksAgain({ ...opened, headline: 'Lab is late', impact: '' }, opened)).toBe('');
    expect(asksAgain({ ...opened, severity: 'MODERATE', services: [] }, opened)).toBe('');
    expect(
      asksAgain({ ...opened, severity: 'EXTREME', services: ['lab-results', 'pacs'] }, opened),
    ).toBe('the severity rises, a service is added');
    expect(asksAgain({ ...opened, during: 'Call the lab' }, opened)).toBe('“do now” changes');
  });
});
