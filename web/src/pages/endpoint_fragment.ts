import type { EndpointId } from '../state/endpoint/held.ts';

// The endpoint that an address names ("#endpoint=4w-pc-01"), in lower case; null: none, or no
// possible id.
export function endpointFromFragment(fragment: string): EndpointId | null {
  return endpointId(new URLSearchParams(fragment.replace(/^#/, '')).get('endpoint') ?? '');
}

export function endpointId(text: string): EndpointId | null {
  const id = text.trim().toLowerCase();
  return /^[a-z0-9._-]{1,80}$/.test(id) ? (id as EndpointId) : null;
}
