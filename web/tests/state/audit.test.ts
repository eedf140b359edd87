import { expect, test } from 'vitest';
import { auditCsv } from '../../src/state/access/audit_csv.ts';
import {
  auditFilterOf,
  auditPath,
  auditRequest,
  matching,
  olderThan,
  wholeTrail,
} from '../../src/state/access/audit_filter.ts';
import { auditWord, utcWords } from '../../src/state/access/audit_words.ts';

test('the filter stands in the address and comes back from it', () => {
  const filter = {
    who: 'token/nagios',
    what: 'a & b + c?',
    loudOnly: true,
    before: '2026-11-22T12:00:00.001Z',
  };
  const path = auditPath(filter);
  expect(path).not.toContain('?');
  expect(auditFilterOf(`#${path}`)).toEqual(filter);
  expect(auditPath(wholeTrail)).toBe('/audit');
  expect(auditFilterOf('#/audit')).toEqual(wholeTrail);
  expect(auditFilterOf('#/audit/before=yesterday&loud=yes')).toEqual(wholeTrail);
});

test('the broker is asked for what it can look for, and for more if the rest is looked for here', () => {
  expect(auditRequest(wholeTrail)).toEqual({ limit: 100, who: '', loudOnly: false });
  expect(auditRequest({ ...wholeTrail, who: 'ann', what: 'recall', loudOnly: true })).toEqual({
    limit: 1_000,
    who: 'ann',
    loudOnly: true,
  });
  const events = [
    { what: 'recall-alert', subject: '01ARZ' },
    { what: 'refused', subject: 'create-token', detail: 'needs the role administrator' },
    { what: 'sign-in', subject: 'ann' },
  ];
  expect(matching(events, 'recall alert')).toHaveLength(1);
  expect(matching(events, 'ADMINISTRATOR')).toHaveLength(1);
  expect(matching(events, ' ')).toHaveLength(3);
});

test('the next page goes on without a gap, also within one millisecond', () => {
  const at = (ms: number) => ({ at: new Date(ms).toISOString() });
  const full = (ms: number) => Array.from({ length: 100 }, () => at(ms));
  expect(olderThan([at(5)], wholeTrail)).toBeNull();
  expect(olderThan(full(5_000), wholeTrail)).toBe(new Date(5_001).toISOString());
  // A whole page of one millisecond: further all the same.
  const there = { ...wholeTrail, before: new Date(5_001).toISOString() };
  expect(olderThan(full(5_000), there)).toBe(new Date(5_000).toISOString());
});

test('a table program finds no formula in the exported trail', () => {
  const text = auditCsv([
    {
      at: '2026-11-22T12:00:00Z',
      broker: 'b1',
      number: '7',
      who: '=HYPERLINK("http://evil.example")',
      peer: '+49',
      what: '-2',
      subject: '@SUM(A1)',
      detail: 'a, "b"\nc',
      loud: true,
      hash: 'ab',
    },
  ]);
  expect(text.charCodeAt(0)).toBe(0xfeff);
  const [head, ...rest] = text.slice(1).split('\r\n');
  expect(head).toBe('time_utc,broker,number,who,from,what,subject,detail,loud,hash');
  expect(rest.join('|')).toBe(
    `2026-11-22T12:00:00Z,b1,7,"'=HYPERLINK(""http://evil.example"")",'+49,'-2,'@SUM(A1),"a, ""b""\nc",yes,ab|`,
  );
});

test('what was done reads as words, known or not', () => {
  expect(auditWord('recall-alert')).toBe('Notice recalled');
  expect(auditWord('some-new-method')).toBe('Some new method');
  expect(utcWords('2026-11-22T16:27:26.123Z')).toBe('2026-11-22 16:27:26');
  expect(utcWords('')).toBe('');
});
