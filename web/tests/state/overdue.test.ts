import { expect, it } from 'vitest';
import type { AlertJson } from '../../src/gen/wardcast/v1/alert_pb.ts';
import type { GrantJson } from '../../src/gen/wardcast/v1/role_pb.ts';
import { isOverdue, overdueFor } from '../../src/state/life/overdue.ts';
import { alertOf, hour, minute, noon, zoned } from '../build_alert.ts';

const late = (part: AlertJson = {}) => alertOf({ nextUpdate: zoned(noon - 5 * minute), ...part });
const catalogue = [
  { id: 'lab-results', teamId: 'lab' },
  { id: 'pacs', teamId: 'imaging' },
];
const desk: GrantJson[] = [{ role: 'PUBLISHER' }];
const lab: GrantJson[] = [{ role: 'PUBLISHER', scope: { teams: ['lab'] } }];
const imaging: GrantJson[] = [{ role: 'PUBLISHER', scope: { teams: ['imaging'] } }];
const supervisor: GrantJson[] = [
  { role: 'APPROVER' },
  { role: 'PUBLISHER', scope: { kinds: ['EMERGENCY'] } },
];
const told = (grants: GrantJson[], ...alerts: AlertJson[]) =>
  overdueFor(alerts, grants, catalogue, noon).map(({ alert, mine }) => [alert.id, mine]);

it('an update is overdue once its time has passed, while wards see the notice', () => {
  expect(isOverdue(late(), noon)).toBe(true);
  expect(isOverdue(late({ state: 'RECOVERING' }), noon)).toBe(true);
  expect(isOverdue(alertOf({ nextUpdate: zoned(noon) }), noon - 1)).toBe(false);
  expect(isOverdue(alertOf({ nextUpdate: zoned(noon) }), noon)).toBe(true);
  expect(isOverdue(late({ state: 'CLOSED' }), noon)).toBe(false);
  expect(isOverdue(late({ state: 'SCHEDULED' }), noon)).toBe(false);
  expect(isOverdue(alertOf(), noon)).toBe(false);
});

it('nags the service desk and the owning team, and nobody else', () => {
  expect(told(desk, late())).toEqual([['A1', true]]);
  expect(told(lab, late())).toEqual([['A1', true]]);
  expect(told(imaging, late())).toEqual([]);
  expect(told([{ role: 'VIEWER' }], late())).toEqual([]);
});

it('tells the house supervisor after three misses, who cannot give the update', () => {
  expect(told(supervisor, late({ missedUpdates: 2 }))).toEqual([]);
  expect(told(supervisor, late({ missedUpdates: 3 }))).toEqual([['A1', false]]);
  expect(told(imaging, late({ missedUpdates: 3 }))).toEqual([]);
  // A team approves its own planned work, and nothing else.
  const approves: GrantJson[] = [
    ...imaging,
    { role: 'APPROVER', scope: { kinds: ['PLANNED_DOWNTIME'], teams: ['imaging'] } },
  ];
  expect(told(approves, late({ missedUpdates: 3 }))).toEqual([]);
  // Of an emergency, which is the supervisor's own, from the first on.
  expect(told(supervisor, late({ kind: 'EMERGENCY', missedUpdates: 1 }))).toEqual([['A1', true]]);
});

it('begins with what is overdue for longest; drills come last', () => {
  expect(
    told(
      desk,
      late({ id: 'drill', status: 'EXERCISE', nextUpdate: zoned(noon - hour) }),
      late({ id: 'short', nextUpdate: zoned(noon - minute) }),
      late({ id: 'long', nextUpdate: zoned(noon - 20 * minute) }),
    ).map(([id]) => id),
  ).toEqual(['long', 'short', 'drill']);
});
