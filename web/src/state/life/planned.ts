import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { instant } from '../time/notice_times.ts';

const day = 24 * 60 * 60_000;

function isOpen(alert: AlertJson): boolean {
  return alert.state === 'SCHEDULED' || alert.state === 'ACTIVE' || alert.state === 'RECOVERING';
}

// Planned work that nobody has said to have begun.
export function isAhead(alert: AlertJson): boolean {
  return (
    alert.kind === 'PLANNED_DOWNTIME' &&
    (alert.state === 'SCHEDULED' || alert.state === 'ACTIVE') &&
    instant(alert.startedAt) === null
  );
}

// Its planned start has passed, and somebody has to say whether it began.
export function asksStarted(alert: AlertJson, now: number): boolean {
  const start = instant(alert.start);
  return isAhead(alert) && start !== null && start <= now;
}

// What waits for its time, and planned work that has not begun: soonest first, without a time last.
export function planned(alerts: readonly AlertJson[]): AlertJson[] {
  return alerts
    .filter((alert) => isOpen(alert) && (alert.state === 'SCHEDULED' || isAhead(alert)))
    .sort((a, b) => soon(a) - soon(b));
}

// Of these what begins or goes out within a day, and what should have begun.
export function withinADay(alerts: readonly AlertJson[], now: number): AlertJson[] {
  return planned(alerts).filter((alert) => soon(alert) <= now + day);
}

// When something happens with it next.
function soon(alert: AlertJson): number {
  const times = [instant(alert.sendAt), instant(alert.start)].filter((at) => at !== null);
  return times.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...times);
}
