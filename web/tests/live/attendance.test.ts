import { expect, test } from 'vitest';
import { headersOf } from '../../src/api/credential.ts';
import { Attendance } from '../../src/live/attendance.ts';
import { FakeBrowser } from '../fake_browser.ts';

test('a page is unattended a minute after the last press, and attended with the next', () => {
  const fake = new FakeBrowser();
  const attendance = new Attendance(fake.browser());
  const stop = attendance.begin();
  fake.time = 59_999;
  expect(attendance.unattended()).toBe(false);
  fake.time = 60_000;
  expect(attendance.unattended()).toBe(true);
  fake.use();
  expect(attendance.unattended()).toBe(false);
  fake.time = 119_999;
  expect(attendance.unattended()).toBe(false);
  stop();
  fake.use();
  fake.time = 120_000;
  expect(attendance.unattended()).toBe(true);
});

test('only calls of a session say that nobody is there', () => {
  const session = { case: 'session', csrf: 'xyz' } as const;
  expect(headersOf(session)).toEqual({ 'X-Wardcast-Csrf': 'xyz' });
  expect(headersOf(session, true)).toEqual({
    'X-Wardcast-Csrf': 'xyz',
    'X-Wardcast-Unattended': '1',
  });
  expect(headersOf({ case: 'token', token: 't' }, true)).toEqual({ Authorization: 'Bearer t' });
});
