import type { Browser, KeptText } from '../browser.ts';
import { endpointId } from '../state/endpoint/endpoint_id.ts';
import type { EndpointId } from '../state/endpoint/held.ts';

// As what this browser takes part.
export type Place =
  // In plain text on this machine: whatever the address says.
  | { case: 'proposed'; endpointId: EndpointId }
  // The broker has given this browser a place; `csrf` goes with its cookie.
  | { case: 'enrolled'; endpointId: EndpointId; csrf: string }
  // Somebody who has signed in looks on: no endpoint, and nothing is reported.
  | { case: 'watching'; endpointId: EndpointId; csrf: string; name: string };

export const watcherId = 'watcher' as EndpointId;

// What is sent with each frame and call.
export const tokenOf = (place: Place) => (place.case === 'proposed' ? '' : place.csrf);

const placeKey = 'wardcast.place';
const endpointKey = 'wardcast.endpoint';

// What this browser was the last time, so that the page opens without the broker. It holds no secret:
// that is in the cookie, out of reach here.
export function keptPlace({ kept }: Browser): Place | null {
  try {
    const value = JSON.parse(kept.get(placeKey) ?? 'null') as Record<string, unknown> | null;
    const id = endpointId(String(value?.endpointId ?? ''));
    return id === null || typeof value?.csrf !== 'string'
      ? null
      : { case: 'enrolled', endpointId: id, csrf: value.csrf };
  } catch {
    return null;
  }
}

export function keepPlace({ kept }: Browser, place: Place): void {
  if (place.case === 'enrolled') {
    kept.set(placeKey, JSON.stringify({ endpointId: place.endpointId, csrf: place.csrf }));
  } else if (place.case === 'proposed') {
    kept.set(endpointKey, place.endpointId);
  }
}

export function forgetPlace({ kept }: Browser): void {
  kept.remove(placeKey);
}

// The endpoint that a page in plain text was last opened for.
export function keptEndpoint(kept: KeptText): EndpointId | null {
  return endpointId(kept.get(endpointKey) ?? '');
}
