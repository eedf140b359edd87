import type {
  Unreached_ValueJson,
  UnreachedEndpointJson,
} from '../../gen/wardcast/v1/alert_service_pb.ts';
import type { EndpointPresenceJson } from '../../gen/wardcast/v1/directory_service_pb.ts';
import { calmSpan, when } from '../time/words.ts';

export interface UnreachedWard {
  // Lost ones first, as the broker lists them.
  missing: UnreachedEndpointJson[];
  // Folded away in lists: nobody expects a PC that is switched off.
  off: UnreachedEndpointJson[];
}

export function unreachedOf(
  wardId: string,
  endpoints: readonly UnreachedEndpointJson[],
): UnreachedWard {
  const mine = endpoints.filter(({ endpoint }) => (endpoint?.wardId ?? '') === wardId);
  return {
    missing: mine.filter(({ state }) => state !== 'OFF'),
    off: mine.filter(({ state }) => state === 'OFF'),
  };
}

// PCs that are off stand under that word already.
const stateWord: Record<Unreached_ValueJson, string> = {
  UNSPECIFIED: 'not known',
  LOST: 'lost',
  LOCKED: 'locked, nobody could see it',
  OFF: '',
  PENDING: 'connected, on its way',
};

// "lost · last heard 13:40, 28 min ago"
export function unreachedWords(one: UnreachedEndpointJson, zone: string, now: number): string {
  const state = one.state ?? 'UNSPECIFIED';
  const since = Date.parse(one.since ?? '');
  const heard = state === 'LOCKED' ? 'delivered' : 'last heard';
  const never = state === 'OFF' ? 'never connected' : '';
  return [
    stateWord[state],
    Number.isNaN(since)
      ? never
      : `${heard} ${when(since, zone, now)}, ${calmSpan(now - since)} ago`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

// Names of the endpoints whose id more than one machine uses.
export function sharedIds(endpoints: readonly EndpointPresenceJson[]): string[] {
  return endpoints
    .filter(({ duplicate }) => duplicate === true)
    .map(({ endpoint }) => endpoint?.id ?? '');
}
