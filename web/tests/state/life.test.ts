import { describe, expect, it } from 'vitest';
import { glassIn } from '../../src/state/life/approval.ts';
import { backEntryWords } from '../../src/state/life/back_entry.ts';
import { clearingOf, stillDown } from '../../src/state/life/clearing.ts';
import { copiesOf } from '../../src/state/life/copy_as.ts';
import { asksStarted, planned, withinADay } from '../../src/state/life/planned.ts';
import { isNotOut, isOnWards, standingWords } from '../../src/state/life/standing.ts';
import { when } from '../../src/state/time/words.ts';
import { alertOf, denver, hour, minute, noon, zoned } from '../build_alert.ts';

describe('what wards do not see yet', () => {
  it('is said in words', () => {
    const words = (part: object) => standingWords(alertOf(part), denver, noon);
    expect(words({ state: 'DRAFT' })).toBe('Draft, not sent');
    expect(words({ state: 'PENDING_APPROVAL', waitingSince: zoned(noon - minute) })).toBe(
      'Waits for approval since 13:59',
    );
    expect(words({ state: 'SCHEDULED', sendAt: zoned(noon + 8_000) })).toBe(
      'Goes out 14:00, in 8 s',
    );
    expect(words({ state: 'SCHEDULED', sendAt: zoned(noon - 1) })).toContain('this moment');
    expect(words({ state: 'SCHEDULED' })).toContain('do not show it yet');
    expect(words({ state: 'ACTIVE' })).toBe('');
    expect([isOnWards({ state: 'SCHEDULED' }), isNotOut({ state: 'SCHEDULED' })]).toEqual([
      false,
      true,
    ]);
  });
});

describe('planned work', () => {
  const work = (part: object) => alertOf({ kind: 'PLANNED_DOWNTIME', ...part });

  it('asks whether it has begun once its start has passed, until somebody has said so', () => {
    const due = work({ start: zoned(noon) });
    expect(asksStarted(due, noon - 1)).toBe(false);
    expect(asksStarted(due, noon)).toBe(true);
    expect(asksStarted({ ...due, state: 'SCHEDULED' }, noon)).toBe(true);
    expect(asksStarted({ ...due, startedAt: zoned(noon) }, noon)).toBe(false);
    expect(asksStarted({ ...due, state: 'CLOSED' }, noon)).toBe(false);
    expect(asksStarted(alertOf({ start: zoned(noon) }), noon)).toBe(false);
    expect(asksStarted(work({}), noon)).toBe(false);
  });

  it('is listed soonest first, and what has begun is not', () => {
    const list = [
      work({ id: 'later', state: 'SCHEDULED', start: zoned(noon + 50 * hour) }),
      work({ id: 'unknown', state: 'SCHEDULED', phase: 'POSTPONED' }),
      work({ id: 'begun', startedAt: zoned(noon) }),
      alertOf({ id: 'outage' }),
      alertOf({ id: 'held', state: 'SCHEDULED', sendAt: zoned(noon + 10_000) }),
      work({ id: 'overdue', start: zoned(noon - hour) }),
    ];
    expect(planned(list).map(({ id }) => id)).toEqual(['overdue', 'held', 'later', 'unknown']);
    expect(withinADay(list, noon).map(({ id }) => id)).toEqual(['overdue', 'held']);
  });
});

describe('approval', () => {
  it('may be gone without after three minutes', () => {
    const waits = alertOf({ state: 'PENDING_APPROVAL', waitingSince: zoned(noon) });
    expect(glassIn(waits, noon)).toBe(3 * minute);
    expect(glassIn(waits, noon + 2 * minute)).toBe(minute);
    expect(glassIn(waits, noon + 3 * minute)).toBe(0);
    expect(glassIn(waits, noon - hour)).toBe(3 * minute);
    expect(glassIn({ ...waits, state: 'ACTIVE' }, noon)).toBeNull();
  });
});

describe('a partial all clear', () => {
  const alert = alertOf({
    services: ['lab-results', 'pacs', 'email'],
    serviceNames: ['Lab', 'Imaging', 'E-mail'],
    cleared: [{ services: ['email'] }, { services: ['pacs'], sites: ['north'] }],
  });

  it('leaves what is not in order everywhere', () => {
    expect(stillDown(alert)).toEqual([
      { id: 'lab-results', name: 'Lab' },
      { id: 'pacs', name: 'Imaging' },
    ]);
  });

  it('names what was ticked, and nothing for the whole', () => {
    const all = { services: ['lab-results', 'pacs'], sites: ['main', 'north'] };
    expect(clearingOf(all, all)).toEqual({});
    expect(clearingOf({ ...all, services: ['pacs'] }, all)).toEqual({ services: ['pacs'] });
    expect(clearingOf({ ...all, sites: ['main'] }, all)).toEqual({ sites: ['main'] });
    expect(clearingOf({ services: [], sites: [] }, { services: [], sites: [] })).toEqual({});
  });
});

describe('back-entry', () => {
  it('says how many wards have done it, and until when it is asked', () => {
    const ended = alertOf({
      state: 'CLOSED',
      closing: 'ENDED',
      backEntry: ['Orders'],
      stripUntil: zoned(noon + 48 * hour).at,
    });
    const progress = {
      byWard: [
        { wardId: '4w', answers: [{ response: 'BACK_ENTRY_DONE' as const }] },
        { wardId: 'icu', answers: [{ response: 'PROCEDURE_STARTED' as const }] },
      ],
    };
    expect(backEntryWords(ended, progress, denver, noon)).toBe(
      'Back-entry done in 1 of 2 wards · on ward PCs until Tue 14:00',
    );
    expect(backEntryWords({ ...ended, backEntry: [] }, progress, denver, noon)).toBe('');
    expect(backEntryWords({ ...ended, closing: 'RECALLED' }, progress, denver, noon)).toBe('');
  });
});

describe('copies of a notice', () => {
  const context = {
    zone: denver,
    now: noon,
    sayTime: when,
    phone: '970-555-0100',
    progress: undefined,
  };
  const alert = alertOf({
    headline: 'Imaging is down',
    serviceNames: ['Imaging'],
    impact: 'No pictures.',
    instructions: [
      { when: 'DURING', text: 'Start the downtime procedure' },
      { when: 'DURING', text: 'Tell the next shift', role: 'charge nurse' },
      { when: 'DO_NOT', text: 'Do not restart PCs' },
    ],
    nextUpdate: zoned(noon + 30 * minute),
    ticket: 'INC1',
    asksAnswer: true,
  });

  it('are read out twice over the loudspeakers', () => {
    expect(copiesOf(alert, context).overheadPage).toBe(
      'Attention, please. Downtime notice: Imaging is down. Start the downtime procedure. ' +
        'For downtime help call 970-555-0100. I repeat. Downtime notice: Imaging is down. ' +
        'Start the downtime procedure. For downtime help call 970-555-0100.',
    );
  });

  it('hold what a ward needs to know', () => {
    const { phoneScript, mail, ticketNote } = copiesOf(alert, context);
    expect(phoneScript).toContain('for which ward?');
    expect(phoneScript).toContain('- Do not restart PCs');
    expect(phoneScript).toContain('Has your ward started the downtime procedure?');
    expect(mail.split('\n')[0]).toBe('Subject: WARNING: Imaging is down');
    expect(mail).toContain('Next update: 14:30');
    expect(mail).toContain('Ticket: INC1');
    expect(ticketNote).toContain('Wardcast A1, revision 1, round 1');
  });

  it('say the end, and nothing to do now', () => {
    const over = {
      ...alert,
      state: 'CLOSED',
      closing: 'ENDED',
      closingText: 'It is back.',
    } as const;
    const { overheadPage, mail } = copiesOf({ ...over, backEntry: ['Orders'] }, context);
    expect(overheadPage).toContain('All clear for Imaging. It is back.');
    expect(overheadPage).not.toContain('Imaging is down');
    expect(mail).toContain('- Orders');
    expect(mail).not.toContain('Do now');
  });

  it('do not say twice how it ended', () => {
    const over = { ...alert, state: 'CLOSED', closing: 'ENDED' } as const;
    const closingText = 'ALL CLEAR 15:10. Imaging is back.';
    const { overheadPage } = copiesOf({ ...over, closingText }, context);
    expect(overheadPage).toMatch(
      /^Attention, please\. ALL CLEAR 15:10\. Imaging is back\. I repeat/,
    );
  });

  it('do not call the end of a drill an all clear', () => {
    const over = { ...alert, state: 'CLOSED', closing: 'ENDED', status: 'EXERCISE' } as const;
    const closingText = 'EXERCISE ENDED 15:10.';
    expect(copiesOf({ ...over, closingText }, context).overheadPage).not.toContain('All clear');
  });

  it('keep wards on paper while the system is verified, and say what works again', () => {
    const part = { at: zoned(noon), text: 'CT works again.' };
    const copies = copiesOf({ ...alert, state: 'RECOVERING', cleared: [part] }, context);
    for (const text of Object.values(copies)) {
      expect(text).toContain('Stay on paper until the all clear.');
      expect(text).toContain('CT works again.');
    }
  });

  it('hold what single roles do, and where to go', () => {
    const copies = copiesOf({ ...alert, downtimePc: '4W-DOWN-01', binder: 'Desk' }, context);
    expect(copies.phoneScript).toContain('- Charge nurse: Tell the next shift');
    expect(copies.overheadPage).not.toContain('Tell the next shift');
    expect(copies.mail).toContain('Downtime PC: 4W-DOWN-01\nBinder: Desk');
  });

  it('of a drill begin and end with EXERCISE', () => {
    const { overheadPage, mail } = copiesOf({ ...alert, status: 'EXERCISE' }, context);
    expect(overheadPage).toMatch(/^EXERCISE\. .* EXERCISE\.$/);
    expect(mail).toContain('Subject: EXERCISE: WARNING');
  });
});
