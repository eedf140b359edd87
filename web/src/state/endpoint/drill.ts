import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { isDrill } from '../drill/drills.ts';
import { instant } from '../time/notice_times.ts';
import type { EndpointState } from './held.ts';
import { clearedAt } from './standing.ts';

// When a drill is over at this endpoint, as in the agent's windows (agent/core/drill.h): its time is
// up, or a real notice came.

// Beside the real notice, "the next notice is real" soon only distracts.
const stopShown = 10 * 60_000;
const timeUpShown = 4 * 3_600_000;

export interface DrillEnd {
  // By a real notice; else its time is up.
  stopped: boolean;
  at: number;
  // So long it is told where the drill was displayed, unless seen before; milliseconds.
  shownUntil: number;
}

// Null: no drill, it goes on, or a person has ended or recalled it, which is told as for a real
// notice. An open real notice of Severe or Extreme severity stops every drill at once, whether or not
// the broker has said so; for who looks on at all wards (`watcher`) only the broker knows which.
export function endOfDrill(
  alert: AlertJson,
  state: EndpointState,
  now: number,
  watcher = false,
): DrillEnd | null {
  if (!isDrill(alert)) return null;
  const closed = alert.state === 'CLOSED';
  const said = Date.parse(alert.expires ?? '');
  const limit = Number.isNaN(said) ? Number.POSITIVE_INFINITY : said;
  if (closed && alert.closing === 'EXPIRED') {
    const at = instant(alert.changedAt) ?? 0;
    // Over before its time: a real notice came.
    const stopped = limit !== Number.POSITIVE_INFINITY && at < limit;
    return { stopped, at, shownUntil: at + (stopped ? stopShown : timeUpShown) };
  }
  const since = watcher ? null : stoppedSince(state);
  if (since !== null) {
    // How a drill ended before is not told any more.
    return { stopped: true, at: since, shownUntil: closed ? 0 : since + stopShown };
  }
  if (closed || limit > now) return null;
  return { stopped: false, at: limit, shownUntil: limit + timeUpShown };
}

// When the first of the real notices that stop drills came; null: there is none.
function stoppedSince(state: EndpointState): number | null {
  const siteId = state.settings?.site?.id ?? '';
  let since: number | null = null;
  for (const { alert } of state.held.values()) {
    if (!stopsDrills(alert, siteId)) continue;
    const at = instant(alert.publishedAt) ?? 0;
    since = Math.min(since ?? at, at);
  }
  return since;
}

function stopsDrills(alert: AlertJson, siteId: string): boolean {
  const open = alert.state === 'ACTIVE' || alert.state === 'RECOVERING';
  const grave = alert.severity === 'SEVERE' || alert.severity === 'EXTREME';
  return open && grave && !isDrill(alert) && !clearedAt(alert, siteId).allHere;
}

// Drills are not for CLINICAL endpoints, as which the broker also knows those without a ward. Who
// looks on sees them.
export function drillsAllowed(state: EndpointState, watcher: boolean): boolean {
  return watcher || state.settings?.endpoint?.class !== 'CLINICAL';
}
