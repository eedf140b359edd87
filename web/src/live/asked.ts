import type { Browser } from '../browser.ts';
import { endpointId } from '../state/endpoint/endpoint_id.ts';
import type { EndpointId } from '../state/endpoint/held.ts';

// What the address asks for.
export interface Asked {
  endpointId: EndpointId | null;
  // An enrolment line or token; empty: none.
  token: string;
}

// Reads "#endpoint=4w-pc-01", and "#enroll=LINE&endpoint=4w-pc-01", of which the secret goes out of
// the address at once.
export function askedFrom(browser: Browser): Asked {
  const given = new URLSearchParams(browser.fragment().replace(/^#/, ''));
  const asked: Asked = {
    endpointId: endpointId(given.get('endpoint') ?? ''),
    token: (given.get('enroll') ?? '').trim(),
  };
  if (given.has('enroll')) {
    browser.setFragment(asked.endpointId === null ? '#' : `#endpoint=${asked.endpointId}`);
  }
  return asked;
}
