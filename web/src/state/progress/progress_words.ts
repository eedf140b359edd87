import type { AlertProgressJson, WardProgressJson } from '../../gen/wardcast/v1/progress_pb.ts';
import { realProblem } from '../drill/real_problem.ts';
import { instant } from '../time/notice_times.ts';
import { when } from '../time/words.ts';
import { count, wardStateWord } from '../words.ts';

// "31 of 31 wards acknowledged · 3 closed · 12 PCs not reached". Never "everyone informed". Closed
// wards are not among those that are waited for.
export function progressWords(progress: AlertProgressJson, asksAnswer: boolean): string {
  const endpoints = progress.endpoints ?? 0;
  const displayed = progress.displayed ?? 0;
  const notReached = Math.max(0, endpoints - displayed);
  const closed = progress.wardsClosed ?? 0;
  const wards = (progress.wards ?? 0) - closed;
  const first =
    asksAnswer || (progress.wardsAcknowledged ?? 0) > 0
      ? `${progress.wardsAcknowledged ?? 0} of ${count(wards, 'ward', 'wards')} acknowledged`
      : `${count(wards, 'ward', 'wards')}, no answer asked`;
  const unplaced = progress.unplaced ?? 0;
  return [
    first,
    closed === 0 ? '' : `${closed} closed`,
    `${displayed} of ${count(endpoints, 'PC', 'PCs')} showed it`,
    notReached === 0 ? '' : `${count(notReached, 'PC', 'PCs')} not reached`,
    unplaced === 0 ? '' : `${count(unplaced, 'PC', 'PCs')} without a ward`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

// "2 wards need downtime help"; "" if none does.
export function helpWords(wards: number): string {
  return wards === 0 ? '' : `${count(wards, 'ward needs', 'wards need')} downtime help`;
}

// "Not reached", "Closed until Mon 07:00", "Needs downtime help, acknowledged"
export function standWords(ward: WardProgressJson, now: number): string {
  const state = ward.state ?? 'UNSPECIFIED';
  const opens = instant(ward.opensAt);
  if (realProblem(ward) !== undefined) return 'Reports a REAL problem';
  if (state === 'CLOSED' && opens !== null) {
    return `${wardStateWord.CLOSED} until ${when(opens, ward.opensAt?.zone || 'UTC', now)}`;
  }
  return state === 'HELP' && ward.acknowledged
    ? `${wardStateWord.HELP}, acknowledged`
    : wardStateWord[state];
}

// "not in the audience since 14:02"; "" if it is in it.
export function leftWords(ward: WardProgressJson, now: number): string {
  const left = instant(ward.leftAt);
  if (left === null) return '';
  return `not in the audience since ${when(left, ward.leftAt?.zone || 'UTC', now)}`;
}
