import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import type { ServiceJson } from '../../gen/wardcast/v1/directory_pb.ts';
import type { GrantJson } from '../../gen/wardcast/v1/role_pb.ts';
import { changeRefusal, mayApprove } from '../access/coverage.ts';
import { isDrill } from '../drill/drills.ts';
import { instant } from '../time/notice_times.ts';
import { isOnWards } from './standing.ts';

// After so many in a row those who approve such notices are told too, the house supervisor among them.
const tellMoreAfter = 3;

export interface OverdueUpdate {
  alert: AlertJson;
  // The person may give the update; else they see to it that somebody does.
  mine: boolean;
}

// An update was promised for a time that has passed.
export function isOverdue(alert: AlertJson, now: number): boolean {
  const next = instant(alert.nextUpdate);
  return isOnWards(alert) && next !== null && next <= now;
}

// Of these what somebody with these grants is nagged about: real notices before drills, the longest
// overdue first.
export function overdueFor(
  alerts: readonly AlertJson[],
  grants: readonly GrantJson[],
  catalogue: readonly ServiceJson[] | undefined,
  now: number,
): OverdueUpdate[] {
  const tellsMore = (alert: AlertJson) =>
    (alert.missedUpdates ?? 0) >= tellMoreAfter && mayApprove(grants, alert, catalogue);
  return alerts
    .filter((alert) => isOverdue(alert, now))
    .map((alert) => ({ alert, mine: changeRefusal(grants, alert, catalogue) === null }))
    .filter(({ alert, mine }) => mine || tellsMore(alert))
    .sort((a, b) => drills(a) - drills(b) || due(a) - due(b));
}

const drills = ({ alert }: OverdueUpdate) => (isDrill(alert) ? 1 : 0);
const due = ({ alert }: OverdueUpdate) => instant(alert.nextUpdate) ?? 0;
