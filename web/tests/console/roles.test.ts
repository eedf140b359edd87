import { expect, test } from 'vitest';
import {
  callerOf,
  mayAnswer,
  mayPublish,
  rolesWords,
} from '../../src/pages/console/sign_in/roles.ts';

test('what a role may not do is not offered', () => {
  const desk = callerOf({ caller: 'ann', displayName: 'Ann', grants: [{ role: 'PUBLISHER' }] });
  expect(desk.shown).toBe('Ann');
  expect(mayPublish(desk)).toBe(true);
  expect(mayAnswer(desk)).toBe(false);
  const staff = callerOf({ caller: 'bob', grants: [{ role: 'RESPONDER' }, { role: 'VIEWER' }] });
  expect(staff.shown).toBe('bob');
  expect(mayPublish(staff)).toBe(false);
  expect(mayAnswer(staff)).toBe(true);
  expect(rolesWords(staff)).toBe('responder, viewer');
  expect(mayPublish(callerOf({}))).toBe(false);
});
