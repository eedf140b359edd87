import type { EndpointState, HeldAlert } from './held.ts';
import { inbox } from './inbox.ts';

// After so long without a word the wall turns grey.
export const wallTrust = 30_000;

// What a public board may show: never security or emergency notices, and no notes or names.
export function board(state: EndpointState, now: number): HeldAlert[] {
  return inbox(state, now).open.filter(
    ({ alert }) => alert.kind !== 'SECURITY' && alert.kind !== 'EMERGENCY',
  );
}

export function isStale(heardAt: number, now: number): boolean {
  return now - heardAt > wallTrust;
}
