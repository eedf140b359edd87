import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { instant } from '../time/notice_times.ts';

const glassAfter = 3 * 60_000;

// Milliseconds until breaking the glass is offered; 0: now; null: it does not wait for approval.
export function glassIn(alert: AlertJson, now: number): number | null {
  const since = instant(alert.waitingSince);
  if (alert.state !== 'PENDING_APPROVAL' || since === null) return null;
  return Math.min(glassAfter, Math.max(0, since + glassAfter - now));
}
