import type { AlertJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { movedTexts } from '../../../../state/life/moved_times.ts';
import { instant } from '../../../../state/time/notice_times.ts';

// An update that moves one time, and the texts that name it, without asking the wards again.
export function inPlace(
  alert: AlertJson,
  change: AlertJson,
  field: 'nextUpdate' | 'expectedEnd',
  zone: string,
  now: number,
) {
  const moved = {
    from: instant(alert[field]),
    to: instant(change[field]),
    unknown: 'further notice',
  };
  const texts = movedTexts(alert, [moved], zone, now);
  return {
    expectedRevision: alert.revision ?? 0,
    alert: { ...texts.alert, ...change },
    updateMask: [field, ...texts.fields].join(','),
    reAlert: 'NO',
  };
}
