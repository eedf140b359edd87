import type { AlertJson } from '../src/gen/wardcast/v1/alert_pb.ts';
import type { HeldAlert, LogLife } from '../src/state/endpoint/held.ts';

// 2026-11-22 14:00:00 in Denver (MST, UTC-7).
export const noon = Date.parse('2026-11-22T21:00:00Z');
export const minute = 60_000;
export const hour = 60 * minute;
export const denver = 'America/Denver';
export const life: LogLife = { logId: 'log-a', generation: 1n };

export function zoned(ms: number) {
  return { at: new Date(ms).toISOString() };
}

export function alertOf(part: AlertJson = {}): AlertJson {
  return {
    id: 'A1',
    logId: 'log-a',
    generation: '1',
    version: '10',
    revision: 1,
    round: 1,
    state: 'ACTIVE',
    kind: 'OUTAGE',
    severity: 'SEVERE',
    headline: 'Lab results are down',
    services: ['lab-results'],
    publishedAt: zoned(noon),
    changedAt: zoned(noon),
    ...part,
  };
}

export function heldOf(part: AlertJson = {}, displayed = 1): HeldAlert {
  return { alert: alertOf(part), answers: [], marks: { displayed, seen: 0, closingSeen: false } };
}
