import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import type { AlertProgressJson } from '../../gen/wardcast/v1/progress_pb.ts';
import { instant } from '../time/notice_times.ts';
import { type SayTime, when } from '../time/words.ts';
import { count } from '../words.ts';

// "Back-entry done in 3 of 31 wards · on ward PCs until Tue 15:10"; "" if nothing is to be entered.
export function backEntryWords(
  alert: AlertJson,
  progress: AlertProgressJson | undefined,
  zone: string,
  now: number,
  sayTime: SayTime = when,
): string {
  if (alert.closing !== 'ENDED' || (alert.backEntry ?? []).length === 0) return '';
  const wards = progress?.byWard ?? [];
  const done = wards.filter((ward) =>
    (ward.answers ?? []).some(({ response }) => response === 'BACK_ENTRY_DONE'),
  ).length;
  const until = instant({ at: alert.stripUntil ?? '' });
  return [
    `Back-entry done in ${done} of ${count(wards.length, 'ward', 'wards')}`,
    until === null || until <= now ? '' : `on ward PCs until ${sayTime(until, zone, now)}`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
