import { expect, test } from 'vitest';
import { frameToken, headersOf } from '../../src/api/credential.ts';

test('a token is sent as it is, a session by its cookie and what only our page knows', () => {
  expect(headersOf({ case: 'token', token: 'abc' })).toEqual({ Authorization: 'Bearer abc' });
  expect(headersOf({ case: 'token', token: '' })).toEqual({});
  expect(headersOf({ case: 'session', csrf: 'xyz' })).toEqual({ 'X-Wardcast-Csrf': 'xyz' });
  expect(frameToken({ case: 'token', token: 'abc' })).toBe('abc');
  expect(frameToken({ case: 'session', csrf: 'xyz' })).toBe('xyz');
});
