import { expect, test } from 'vitest';
import type { GrantJson } from '../../src/gen/wardcast/v1/role_pb.ts';
import {
  answersFor,
  changeRefusal,
  kindRefusal,
  mayApprove,
} from '../../src/state/access/coverage.ts';

const desk: GrantJson[] = [{ role: 'PUBLISHER', scope: { kinds: ['OUTAGE', 'INFORMATION'] } }];
const supervisor: GrantJson[] = [
  { role: 'APPROVER' },
  { role: 'PUBLISHER', scope: { kinds: ['EMERGENCY'] } },
];
const services = [
  { id: 'pacs', teamId: 'imaging' },
  { id: 'email', teamId: 'business' },
];

test('a house supervisor cannot change what IT sent, and is told why', () => {
  expect(kindRefusal(supervisor, 'EMERGENCY')).toBeNull();
  expect(kindRefusal(supervisor, 'OUTAGE')).toBe(
    'Your role covers notices of the kind emergency, not outage.',
  );
  expect(changeRefusal(supervisor, { kind: 'OUTAGE', services: ['pacs'] }, services)).toContain(
    'not outage',
  );
  expect(kindRefusal([{ role: 'VIEWER' }], 'OUTAGE')).toContain('role publisher');
  expect(kindRefusal(desk, 'OUTAGE')).toBeNull();
});

test('a team changes what is about its services only', () => {
  const team: GrantJson[] = [{ role: 'PUBLISHER', scope: { teams: ['imaging'] } }];
  expect(changeRefusal(team, { kind: 'OUTAGE', services: ['pacs'] }, services)).toBeNull();
  expect(changeRefusal(team, { kind: 'OUTAGE', services: ['email'] }, services)).toContain(
    'other services',
  );
  expect(changeRefusal(team, { kind: 'OUTAGE', services: ['pacs', 'email'] }, services)).toContain(
    'other services',
  );
  expect(changeRefusal(team, { kind: 'OUTAGE' }, services)).toContain('other services');
  // Nothing is said against a notice while the catalogue is not there.
  expect(changeRefusal(team, { kind: 'OUTAGE', services: ['email'] }, undefined)).toBeNull();
});

test('one grant has to cover all of it', () => {
  const two: GrantJson[] = [
    { role: 'PUBLISHER', scope: { kinds: ['OUTAGE'], services: ['pacs'] } },
    { role: 'PUBLISHER', scope: { kinds: ['INFORMATION'] } },
  ];
  expect(changeRefusal(two, { kind: 'INFORMATION', services: ['email'] }, services)).toBeNull();
  expect(changeRefusal(two, { kind: 'OUTAGE', services: ['email'] }, services)).not.toBeNull();
});

test('wards, buildings and sites of a scope add up', () => {
  const map = {
    wards: [
      { id: '4w', buildingId: 'tower' },
      { id: 'icu', buildingId: 'tower' },
      { id: 'lab', buildingId: 'annex' },
    ],
    buildings: [
      { id: 'tower', siteId: 'main' },
      { id: 'annex', siteId: 'main' },
    ],
  };
  const ward: GrantJson[] = [{ role: 'RESPONDER', scope: { wards: ['4w'] } }];
  expect(answersFor(ward, '4w', undefined)).toBe(true);
  expect(answersFor(ward, 'icu', map)).toBe(false);
  const more: GrantJson[] = [{ role: 'MANAGER', scope: { wards: ['lab'], buildings: ['tower'] } }];
  expect(['4w', 'icu', 'lab'].map((id) => answersFor(more, id, map))).toEqual([true, true, true]);
  const site: GrantJson[] = [{ role: 'MANAGER', scope: { sites: ['main'] } }];
  expect(answersFor(site, 'lab', map)).toBe(true);
  expect(answersFor([{ role: 'RESPONDER' }], 'lab', map)).toBe(true);
  expect(answersFor([{ role: 'PUBLISHER' }], 'lab', map)).toBe(false);
});

test('an approver approves what the scope covers', () => {
  const team: GrantJson[] = [
    { role: 'PUBLISHER' },
    { role: 'APPROVER', scope: { kinds: ['PLANNED_DOWNTIME'], teams: ['imaging'] } },
  ];
  const work = { kind: 'PLANNED_DOWNTIME', services: ['pacs'] } as const;
  const approves = (grants: GrantJson[], part: object) =>
    mayApprove(grants, { ...work, services: ['pacs'], ...part }, services);
  expect(approves(supervisor, {})).toBe(true);
  expect(approves(team, {})).toBe(true);
  expect(approves(team, { services: ['email'] })).toBe(false);
  expect(approves(team, { kind: 'EMERGENCY' })).toBe(false);
  expect(approves(desk, {})).toBe(false);
});
