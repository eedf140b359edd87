import type { AlertJson, Severity_ValueJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { isDrill } from '../drill/drills.ts';
import { instant, isPlan } from '../time/notice_times.ts';
import { wardStand } from './answers.ts';
import { drillsAllowed, endOfDrill } from './drill.ts';
import type { EndpointState, HeldAlert } from './held.ts';
import { clearedAt } from './standing.ts';

const hour = 3_600_000;
// How long an ended notice stays in sight if the broker has not said.
const allClearWithBackEntry = 48 * hour;
const allClearOnly = 4 * hour;
const recalled = 12 * hour;
// The broker keeps closing versions so long; afterwards there is no reason to hold one.
const forgetAfter = 7 * 24 * hour;

export interface Inbox {
  // Open notices, most severe first.
  open: HeldAlert[];
  // What is over where this endpoint had shown it: all clear until the back-entry is done, also of
  // notices that are open elsewhere; recalls, and drills that ended by themselves, until seen.
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

// What to show at `now` (the broker's time). `watcher`: to somebody who looks on at all wards.
export function inbox(state: EndpointState, now: number, watcher = false): Inbox {
  const open: HeldAlert[] = [];
  const over: HeldAlert[] = [];
  const siteId = state.settings?.site?.id ?? '';
  const drills = drillsAllowed(state, watcher);
  for (const held of state.held.values()) {
    if (!drills && isDrill(held.alert)) continue;
    if (endOfDrill(held.alert, state, now, watcher) !== null) {
      over.push(held);
      continue;
    }
    switch (held.alert.state) {
      case 'ACTIVE':
      case 'RECOVERING':
        if (expired(held.alert, now)) break;
        // Where nothing of it is down any more it is over, although others still wait.
        if (clearedAt(held.alert, siteId).allHere) over.push(held);
        else open.push(held);
        break;
      case 'CLOSED':
        over.push(held);
        break;
      default:
        break; // Drafts, waiting and scheduled ones are not for endpoints.
    }
  }
  open.sort(bySeverity);
  const ended = over.filter((held) => showsEnd(state, held, now, watcher));
  ended.sort((a, b) => changed(b.alert) - changed(a.alert));
  return { open, ended };
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

const drill = (alert: AlertJson) => (isDrill(alert) ? 1 : 0);
const published = (alert: AlertJson) => Date.parse(alert.publishedAt?.at ?? '') || 0;
const changed = (alert: AlertJson) => Date.parse(alert.changedAt?.at ?? '') || 0;

export function expired(alert: AlertJson, now: number): boolean {
  const at = Date.parse(alert.expires ?? '');
  return !Number.isNaN(at) && at <= now;
}

function showsEnd(state: EndpointState, held: HeldAlert, now: number, watcher: boolean): boolean {
  const { alert, marks } = held;
  const drillEnd = endOfDrill(alert, state, now, watcher);
  if (drillEnd !== null) {
    return marks.displayed > 0 && !marks.closingSeen && now < drillEnd.shownUntil;
  }
  // Whoever never saw the notice needs no end of it.
  if (marks.displayed === 0 || now >= shownUntil(state, alert)) return false;
  // A correction is not replaced by anything: whoever saw the mistake must see it.
  if (alert.closing === 'RECALLED') return !marks.closingSeen;
  for (const other of state.held.values()) {
    if (takesPlaceOf(other.alert, alert) && !expired(other.alert, now)) return false;
  }
  return !backEntryDone(held, state.settings?.ward?.id ?? '');
}

// Until when an end stays in sight, milliseconds.
function shownUntil(state: EndpointState, alert: AlertJson): number {
  const allClear = (alert.backEntry?.length ?? 0) > 0 ? allClearWithBackEntry : allClearOnly;
  if (alert.state !== 'CLOSED') {
    const { last } = clearedAt(alert, state.settings?.site?.id ?? '');
    return (instant(last?.at) ?? 0) + allClear;
  }
  if (alert.closing !== 'ENDED' && alert.closing !== 'RECALLED') return 0;
  const said = Date.parse(alert.stripUntil ?? '');
  if (!Number.isNaN(said)) return said;
  return changed(alert) + (alert.closing === 'RECALLED' ? recalled : allClear);
}

// An open notice about one of the same services takes the place of an all clear. Work that is only
// planned, an information and a drill beside a real notice do not: nothing is down.
function takesPlaceOf(other: AlertJson, cleared: AlertJson): boolean {
  const open = other.state === 'ACTIVE' || other.state === 'RECOVERING';
  if (!open || other.id === cleared.id || isPlan(other) || other.kind === 'INFORMATION') {
    return false;
  }
  if (drill(other) > drill(cleared)) return false;
  return (other.services ?? []).some((id) => cleared.services?.includes(id));
}

function backEntryDone(held: HeldAlert, wardId: string): boolean {
  return (held.marks.backEntryDone ?? false) || wardStand(held, wardId).backEntryDone !== null;
}

// True if the alert need not be kept any longer.
export function forgettable(held: HeldAlert, now: number): boolean {
  if (held.alert.state === 'CLOSED') return now - changed(held.alert) > forgetAfter;
  return expired(held.alert, now - forgetAfter);
}
