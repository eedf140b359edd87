import type { EndpointId } from './held.ts';

// What somebody typed, or an address holds, as an endpoint's id; null: no possible one.
export function endpointId(text: string): EndpointId | null {
  const id = text.trim().toLowerCase();
  return /^[a-z0-9._-]{1,80}$/.test(id) ? (id as EndpointId) : null;
}
