import { expect, test } from 'vitest';
import { listed, mayOpen, pages, rolesNeeded } from '../../src/pages/console/navigation/pages.ts';
import {
  callerOf,
  mayPublish,
  type Role,
  rolesWords,
} from '../../src/pages/console/sign_in/roles.ts';

test('what a role may not do is not offered', () => {
  const desk = callerOf({ caller: 'ann', displayName: 'Ann', grants: [{ role: 'PUBLISHER' }] });
  expect(desk.shown).toBe('Ann');
  expect(mayPublish(desk)).toBe(true);
  const staff = callerOf({ caller: 'bob', grants: [{ role: 'RESPONDER' }, { role: 'VIEWER' }] });
  expect(staff.shown).toBe('bob');
  expect(mayPublish(staff)).toBe(false);
  expect(rolesWords(staff)).toBe('responder, viewer');
  expect(mayPublish(callerOf({}))).toBe(false);
});

test('each role has its pages', () => {
  const of = (...roles: Role[]) => {
    const caller = callerOf({ caller: 'ann', grants: roles.map((role) => ({ role })) });
    return listed.filter((page) => mayOpen(caller, page)).map(({ title }) => title);
  };
  const everyone = ['Live now', 'Call list', 'Planned', 'Drills', 'Status'];
  expect(of('VIEWER')).toEqual(everyone);
  expect(of('RESPONDER', 'MANAGER')).toEqual(everyone);
  expect(of('PUBLISHER')).toEqual(everyone);
  expect(of('AUDITOR')).toEqual([...everyone, 'Audit trail']);
  expect(of('ADMINISTRATOR')).toEqual([...everyone, 'People', 'Tokens', 'Audit trail']);
  expect(rolesNeeded(pages.audit)).toBe('auditor or administrator');
});
