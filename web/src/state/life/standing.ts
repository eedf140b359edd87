import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { instant } from '../time/notice_times.ts';
import { type SayTime, span, when } from '../time/words.ts';
import { didNotGoOut } from './missed.ts';

// Wards see it now.
export function isOnWards(alert: Pick<AlertJson, 'state'>): boolean {
  return alert.state === 'ACTIVE' || alert.state === 'RECOVERING';
}

// Written, but nobody has been told yet.
export function isNotOut(alert: Pick<AlertJson, 'state'>): boolean {
  return (
    alert.state === 'DRAFT' || alert.state === 'PENDING_APPROVAL' || alert.state === 'SCHEDULED'
  );
}

// Where a notice stands that wards do not see yet; "" for any other.
export function standingWords(
  alert: AlertJson,
  zone: string,
  now: number,
  sayTime: SayTime = when,
): string {
  switch (alert.state) {
    case 'DRAFT':
      return 'Draft, not sent';
    case 'PENDING_APPROVAL': {
      const since = instant(alert.waitingSince);
      return since === null
        ? 'Waits for approval'
        : `Waits for approval since ${sayTime(since, zone, now)}`;
    }
    case 'SCHEDULED': {
      const at = instant(alert.sendAt);
      if (at === null) return 'Planned, ward PCs do not show it yet';
      if (didNotGoOut(alert, now)) return `Did not go out ${sayTime(at, zone, now)}`;
      return at > now
        ? `Goes out ${sayTime(at, zone, now)}, in ${span(at - now)}`
        : 'Goes out in this moment';
    }
    default:
      return '';
  }
}
