import type { AlertJson, Severity_ValueJson } from '../../gen/wardcast/v1/alert_pb.ts';
import type { EndpointState, HeldAlert } from './held.ts';

const hour = 3_600_000;
// How long an ended notice stays in sight if nobody puts it away.
const allClearWithBackEntry = 48 * hour;
const allClearOnly = 4 * hour;
const recalled = 12 * hour;
// The broker keeps closing versions so long; afterwards there is no reason to hold one.
const forgetAfter = 7 * 24 * hour;

export interface Inbox {
  // Open notices, most severe first.
  open: HeldAlert[];
  // All clear and recalled ones that this endpoint had shown and nobody has put away yet.
  ended: HeldAlert[];
}

const severityRank: Record<Severity_ValueJson, number> = {
  EXTREME: 4,
  SEVERE: 3,
  MODERATE: 2,
  UNSPECIFIED: 2,
  MINOR: 1,
};

export function severityOrder(severity: Severity_ValueJson | undefined): number {
  return severityRank[severity ?? 'UNSPECIFIED'];
}

// What to show at `now` (the broker's time).
export function inbox(state: EndpointState, now: number): Inbox {
  const open: HeldAlert[] = [];
  const ended: HeldAlert[] = [];
  for (const held of state.held.values()) {
    switch (held.alert.state) {
      case 'ACTIVE':
      case 'RECOVERING':
      case 'SCHEDULED':
        if (!expired(held.alert, now)) open.push(held);
        break;
      case 'CLOSED':
        if (showsClosing(held, now)) ended.push(held);
        break;
      default:
        break; // Drafts and waiting ones are not for endpoints.
    }
  }
  open.sort(bySeverity);
  const replaced = new Set(open.flatMap((held) => held.alert.services ?? []));
  const current = ended.filter(
    // A new notice about the same service replaces the all clear of the last one.
    ({ alert }) => alert.closing === 'RECALLED' || !alert.services?.some((id) => replaced.has(id)),
  );
  current.sort((a, b) => changed(b.alert) - changed(a.alert));
  return { open, ended: current };
}

function bySeverity(a: HeldAlert, b: HeldAlert): number {
  return (
    severityOrder(b.alert.severity) - severityOrder(a.alert.severity) ||
    // A drill never stands above a real notice of the same severity.
    drill(a.alert) - drill(b.alert) ||
    published(b.alert) - published(a.alert) ||
    (a.alert.id ?? '').localeCompare(b.alert.id ?? '')
  );
}

const drill = (alert: AlertJson) => (alert.status === 'EXERCISE' ? 1 : 0);
const published = (alert: AlertJson) => Date.parse(alert.publishedAt?.at ?? '') || 0;
const changed = (alert: AlertJson) => Date.parse(alert.changedAt?.at ?? '') || 0;

export function expired(alert: AlertJson, now: number): boolean {
  const at = Date.parse(alert.expires ?? '');
  return !Number.isNaN(at) && at <= now;
}

function showsClosing(held: HeldAlert, now: number): boolean {
  // Whoever never saw the notice needs no end of it.
  if (held.marks.displayed === 0 || held.marks.closingSeen) return false;
  const age = now - changed(held.alert);
  switch (held.alert.closing) {
    case 'ENDED':
      return age < ((held.alert.backEntry?.length ?? 0) > 0 ? allClearWithBackEntry : allClearOnly);
    case 'RECALLED':
      return age < recalled;
    default:
      return false;
  }
}

// True if the alert need not be kept any longer.
export function forgettable(held: HeldAlert, now: number): boolean {
  if (held.alert.state === 'CLOSED') return now - changed(held.alert) > forgetAfter;
  return expired(held.alert, now - forgetAfter);
}
