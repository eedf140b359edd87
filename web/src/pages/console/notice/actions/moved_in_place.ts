import type { AlertJson } from '../../../../gen/wardcast/v1/alert_pb.ts';

// An update that moves one time, or takes it away, without asking the wards again. Texts that name it
// follow by their blanks, which the broker fills anew.
export function movedInPlace(
  alert: AlertJson,
  field: 'nextUpdate' | 'expectedEnd' | 'sendAt',
  to: number | null,
) {
  return {
    expectedRevision: alert.revision ?? 0,
    alert: to === null ? {} : { [field]: { at: new Date(to).toISOString() } },
    updateMask: field,
    reAlert: 'NO',
  } as const;
}
