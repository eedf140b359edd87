import { describe, expect, it } from 'vitest';
import { fill, together } from '../../src/state/publish/fill.ts';
import { type FormContext, formAlert } from '../../src/state/publish/form_alert.ts';
import { emptyForm, formFrom, type NoticeForm } from '../../src/state/publish/notice_form.ts';
import { noticeZone } from '../../src/state/publish/notice_zone.ts';
import { isWide, reachWords } from '../../src/state/publish/reach_words.ts';
import { templateAlert } from '../../src/state/publish/template_alert.ts';
import { undoLeft } from '../../src/state/publish/undo.ts';
import { placeViolations } from '../../src/state/publish/violations.ts';
import { denver, minute, noon } from '../build_alert.ts';

const context: FormContext = {
  now: noon,
  zone: denver,
  severalZones: false,
  serviceNames: new Map([
    ['lab-results', 'Orders and results (lab)'],
    ['pacs', 'Imaging'],
  ]),
};
const outage: NoticeForm = {
  ...emptyForm,
  headline: '{service} is down since {start}',
  services: ['lab-results'],
  impact: 'Next update {next}.',
};
const result = (part: Partial<NoticeForm> = {}, other: Partial<FormContext> = {}) =>
  formAlert({ ...outage, ...part }, { ...context, ...other });

describe('form to alert', () => {
  it('fills the blanks from what was chosen', () => {
    const { alert, filled, problems } = result({ services: ['lab-results', 'pacs'] });
    expect(filled.headline).toBe('Orders and results (lab) and Imaging is down since 14:00');
    expect(filled.impact).toBe('Next update 14:30.');
    expect(alert.nextUpdate).toEqual({ at: '2026-11-22T21:30:00.000Z' });
    expect(alert.audience).toEqual({});
    expect(alert.expectedEnd).toBeUndefined();
    expect(problems).toEqual({});
  });

  it('says the zone in texts when the audience spans two', () => {
    expect(result({}, { severalZones: true }).filled.headline).toContain('14:00 MST');
  });

  it('keeps every line of what to do, with roles', () => {
    const { alert } = result({
      before: 'Print the census',
      during: 'Use paper\n\n [charge nurse] Call the lab ',
      doNot: 'Do not restart',
      after: 'Enter orders',
    });
    expect(alert.instructions).toEqual([
      { when: 'BEFORE', text: 'Print the census' },
      { when: 'DURING', text: 'Use paper' },
      { when: 'DURING', role: 'charge nurse', text: 'Call the lab' },
      { when: 'DO_NOT', text: 'Do not restart' },
      { when: 'AFTER', text: 'Enter orders' },
    ]);
  });

  it('names chosen places by their kind', () => {
    const { alert } = result({
      audience: 'places',
      places: ['site:main', 'ward:4w', 'service:pacs', 'building:b1'],
    });
    expect(alert.audience).toEqual({
      sites: ['main'],
      buildings: ['b1'],
      wards: ['4w'],
      services: ['pacs'],
    });
    expect(result({ audience: 'everyone' }).alert.audience).toEqual({ everyone: true });
  });

  it('keeps umlauts, CJK and right-to-left text as typed', () => {
    const headline = 'Röntgen · 画像システム · نظام التصوير';
    expect(result({ headline }).alert.headline).toBe(headline);
  });

  it('counts characters, not code units', () => {
    expect(result({ headline: '😀'.repeat(90) }).problems.headline).toBeUndefined();
    expect(result({ headline: '😀'.repeat(91) }).problems.headline).toBe(
      '91 characters; at most 90.',
    );
  });

  it('names what is missing', () => {
    expect(result({ headline: '  ' }).problems.headline).toBe('A headline is needed.');
    expect(result({ services: [] }).problems).toMatchObject({
      services: 'Choose the service, or choose places.',
      headline: 'Still open: {service}.',
    });
    expect(result({ audience: 'places' }).problems.places).toBeDefined();
  });

  it('refuses an end before the start, and the hour that the clocks skip', () => {
    const start = { case: 'at', local: '2026-11-22T20:00', second: false } as const;
    const end = { case: 'at', local: '2026-11-22T19:00', second: false } as const;
    expect(result({ start, end }).problems.end).toBe('The end is not after the start.');
    const missing = { case: 'at', local: '2027-03-14T02:30', second: false } as const;
    expect(result({ start: missing }).problems.start).toContain('clocks skip');
  });

  it('takes the second of two equal times when asked', () => {
    const at = (second: boolean) =>
      result({ start: { case: 'at', local: '2027-11-07T01:30', second }, next: { case: 'none' } })
        .alert.start?.at;
    expect([at(false), at(true)]).toEqual(['2027-11-07T07:30:00.000Z', '2027-11-07T08:30:00.000Z']);
  });

  it('allows DANGER only for emergencies and security', () => {
    expect(result({ severity: 'EXTREME' }).problems.severity).toBeDefined();
    expect(result({ severity: 'EXTREME', kind: 'SECURITY' }).problems.severity).toBeUndefined();
  });

  it('comes back from an alert as it was', () => {
    const { alert } = result({
      during: '[nurse] Use paper',
      stillWorks: 'Phones',
      backEntry: 'Orders',
      ticket: 'INC1',
    });
    const again = formFrom(alert, 'outage');
    expect(again).toMatchObject({
      during: '[nurse] Use paper',
      stillWorks: 'Phones',
      backEntry: 'Orders',
      ticket: 'INC1',
    });
  });
});

describe('texts', () => {
  it('leave a blank open that nothing fills', () => {
    expect(fill('{service} {start} {other}', { service: '', start: '1', end: '', next: '' })).toBe(
      '{service} 1 {other}',
    );
  });

  it('do not fill what was filled in', () => {
    expect(fill('{service}', { service: '{start}', start: 'x', end: '', next: '' })).toBe(
      '{start}',
    );
  });

  it('join names', () => {
    expect([together([]), together(['a']), together(['a', 'b', 'c'])]).toEqual([
      '',
      'a',
      'a, b and c',
    ]);
  });

  it('survive a template that cannot be read', () => {
    expect(templateAlert('{')).toEqual({});
    expect(templateAlert('[]')).toEqual({});
    expect(templateAlert('{"kind":"OUTAGE"}')).toEqual({ kind: 'OUTAGE' });
  });
});

describe('reach', () => {
  const reach = {
    endpoints: 268,
    notConnected: 14,
    boards: 2,
    wardsTotal: 31,
    wards: Array.from({ length: 20 }, (_, i) => ({
      wardId: `w${i}`,
      siteId: i < 10 ? 'main' : 'north',
    })),
  };
  it('is said in numbers, never as “everyone”', () => {
    expect(reachWords(reach)).toBe('20 wards · 268 PCs · 14 not connected · 2 boards');
    expect(reachWords({ ...reach, lost: 2, off: 12, locked: 5, closedWards: 3 })).toBe(
      '20 wards · 268 PCs · 2 lost · 12 off · 5 locked · 2 boards · 3 wards closed now',
    );
    expect(reachWords({ endpoints: 1, wards: [{}] })).toBe('1 ward · 1 PC · all connected');
  });
  it('is wide above a quarter of the wards', () => {
    expect(isWide({ wardsTotal: 8, wards: [{}, {}] })).toBe(false);
    expect(isWide({ wardsTotal: 8, wards: [{}, {}, {}] })).toBe(true);
  });
  it('gives the zone of the first site, and says when there are two', () => {
    const sites = [
      { id: 'main', zone: denver },
      { id: 'north', zone: 'America/Los_Angeles' },
    ];
    expect(noticeZone(reach, sites)).toEqual({ zone: denver, several: true });
    expect(noticeZone({ wards: [{ siteId: 'north' }] }, sites)).toEqual({
      zone: 'America/Los_Angeles',
      several: false,
    });
    expect(noticeZone(undefined, sites)).toEqual({ zone: denver, several: false });
  });
});

describe('undo', () => {
  it('is there for a minute', () => {
    expect(undoLeft(noon, noon)).toBe(minute);
    expect(undoLeft(noon, noon + 59_000)).toBe(1_000);
    expect(undoLeft(noon, noon + minute)).toBe(0);
    expect(undoLeft(null, noon)).toBe(0);
  });
  it('is never longer than a minute, even if the clocks disagree', () => {
    expect(undoLeft(noon + 5_000, noon)).toBe(minute);
  });
});

describe('what the broker does not accept', () => {
  it('stands at its field, or apart if there is none', () => {
    const placed = placeViolations([
      { field: 'alert.headline', description: 'too long' },
      { field: 'alert.instructions[2].text', description: 'too long' },
      { field: 'alert.expected_end', description: 'before start' },
      { field: 'confirmed_reach', description: 'off' },
    ]);
    expect(placed.problems).toEqual({
      headline: 'too long',
      during: 'too long',
      end: 'before start',
    });
    expect(placed.elsewhere).toEqual(['confirmed_reach: off']);
  });
});
