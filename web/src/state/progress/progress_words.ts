import type { AlertProgressJson, WardProgressJson } from '../../gen/wardcast/v1/progress_pb.ts';
import { instant } from '../time/notice_times.ts';
import { when } from '../time/words.ts';
import { count, wardStateWord } from '../words.ts';

// "31 of 31 wards acknowledged · 12 PCs not reached". Never "everyone informed".
export function progressWords(progress: AlertProgressJson, asksAnswer: boolean): string {
  const endpoints = progress.endpoints ?? 0;
  const displayed = progress.displayed ?? 0;
  const notReached = Math.max(0, endpoints - displayed);
  const wards = progress.wards ?? 0;
  const first =
    asksAnswer || (progress.wardsAcknowledged ?? 0) > 0
      ? `${progress.wardsAcknowledged ?? 0} of ${count(wards, 'ward', 'wards')} acknowledged`
      : `${count(wards, 'ward', 'wards')}, no answer asked`;
  const closed = progress.wardsClosed ?? 0;
  const unplaced = progress.unplaced ?? 0;
  return [
    closed === 0 ? first : `${first}, ${closed} closed`,
    `${displayed} of ${count(endpoints, 'PC', 'PCs')} showed it`,
    notReached === 0 ? '' : `${count(notReached, 'PC', 'PCs')} not reached`,
    unplaced === 0 ? '' : `${count(unplaced, 'PC', 'PCs')} without a ward`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

// "Not reached", "Closed until Mon 07:00"
export function standWords(ward: WardProgressJson, now: number): string {
  const state = ward.state ?? 'UNSPECIFIED';
  const opens = instant(ward.opensAt);
  if (state !== 'CLOSED' || opens === null) return wardStateWord[state];
  return `${wardStateWord.CLOSED} until ${when(opens, ward.opensAt?.zone || 'UTC', now)}`;
}
