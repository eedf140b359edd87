import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { instant } from '../time/notice_times.ts';
import { type SayTime, span, when } from '../time/words.ts';

export function isDrill(alert: Pick<AlertJson, 'status'>): boolean {
  return alert.status === 'EXERCISE';
}

// Drills are neither listed nor counted among real notices.
export function realOnly(alerts: readonly AlertJson[]): AlertJson[] {
  return alerts.filter((alert) => !isDrill(alert));
}

export function drillsOnly(alerts: readonly AlertJson[]): AlertJson[] {
  return alerts.filter(isDrill);
}

// How long a drill lasts at most.
const longest = 2 * 60 * 60_000;

// "Running since 14:00, ends by itself 16:00", "Ended 14:20, after 20 min". What wards read at its end
// is the notice's own text.
export function drillStanding(
  drill: AlertJson,
  zone: string,
  now: number,
  sayTime: SayTime = when,
): string {
  const began = instant(drill.publishedAt);
  const changed = instant(drill.changedAt);
  switch (drill.state) {
    case 'DRAFT':
      return 'Draft';
    case 'PENDING_APPROVAL':
      return 'Waits for approval';
    case 'SCHEDULED': {
      const at = instant(drill.sendAt);
      return at === null ? 'Not begun' : `Begins ${sayTime(at, zone, now)}`;
    }
    case 'CLOSED': {
      if (changed === null) return ended(drill);
      const after = began === null ? '' : `, after ${span(changed - began)}`;
      return `${ended(drill)} ${sayTime(changed, zone, now)}${after}`;
    }
    default:
      return began === null
        ? 'Running'
        : `Running since ${sayTime(began, zone, now)}, ends by itself ${sayTime(began + longest, zone, now)}`;
  }
}

function ended(drill: AlertJson): string {
  switch (drill.closing) {
    case 'RECALLED':
      return 'Recalled';
    // After its time, or because a real notice came.
    case 'EXPIRED':
      return 'Ended by itself';
    default:
      return 'Ended';
  }
}
