import type { EndpointState, HeldAlert } from './held.ts';
import { inbox } from './inbox.ts';

// After so long without a word the wall turns grey.
export const wallTrust = 30_000;

// What a board may show. One that is not marked staff-only counts as public: it never shows security
// or emergency notices.
export function board(state: EndpointState, now: number): HeldAlert[] {
  const staffOnly = state.settings?.endpoint?.tags?.includes('staff-only') ?? false;
  return inbox(state, now).open.filter(
    ({ alert }) => staffOnly || (alert.kind !== 'SECURITY' && alert.kind !== 'EMERGENCY'),
  );
}

export function isStale(heardAt: number, now: number): boolean {
  return now - heardAt > wallTrust;
}
