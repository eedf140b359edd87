import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import type { ServiceStatusJson } from '../../gen/wardcast/v1/catalogue_service_pb.ts';

// What somebody reads who asks "is it just me?". Nobody watches the services themselves, so one
// without a notice is never called up.
export type ServiceState = 'down' | 'degraded' | 'verifying' | 'notice' | 'none';

// `open`: the status's notice, if it is known here already.
export function serviceState(
  status: Pick<ServiceStatusJson, 'alertId' | 'kind'>,
  open?: Pick<AlertJson, 'state'>,
): ServiceState {
  if (!status.alertId) return 'none';
  if (open?.state === 'RECOVERING') return 'verifying';
  switch (status.kind) {
    case 'OUTAGE':
    case 'PLANNED_DOWNTIME':
      return 'down';
    case 'DEGRADED':
      return 'degraded';
    default:
      return 'notice';
  }
}

const words: Record<ServiceState, string> = {
  down: 'Down',
  degraded: 'Slow or partly down',
  verifying: 'Restored, verifying',
  notice: 'Notice',
  none: 'No known problem',
};

export function serviceStateWords(state: ServiceState, kind?: ServiceStatusJson['kind']): string {
  return state === 'down' && kind === 'PLANNED_DOWNTIME' ? 'Down, planned work' : words[state];
}

// "2 of 37 services have a known problem"; a notice for information is none.
export function statusSummary(states: readonly ServiceState[]): string {
  const bad = states.filter((state) => state !== 'none' && state !== 'notice').length;
  if (bad === 0) return `No known problem with any of ${states.length} services`;
  return `${bad} of ${states.length} services ${bad === 1 ? 'has' : 'have'} a known problem`;
}
