import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import type { WardAnswerJson } from '../../gen/wardcast/v1/answer_pb.ts';
import type { AlertProgressJson, WardProgressJson } from '../../gen/wardcast/v1/progress_pb.ts';
import { instant } from '../time/notice_times.ts';
import { span } from '../time/words.ts';
import { count } from '../words.ts';
import { acknowledges, realProblem } from './real_problem.ts';

// How one ward did in a drill.
export interface WardResult {
  ward: WardProgressJson;
  // Its first "procedure started" or "not affected", in any round; progress tells the newest 20 answers.
  answer: WardAnswerJson | undefined;
  // Milliseconds from the drill's going out to that; null: none is known.
  answeredAfter: number | null;
  realProblem: WardAnswerJson | undefined;
}

// Statistics of one drill: never added to those of real notices.
export interface DrillResult {
  // That were open.
  wards: number;
  // Of these, at least one PC showed it.
  reached: number;
  // Of these, acknowledged.
  answered: number;
  // Wards that report one, also closed ones.
  realProblems: number;
  // Half of the wards that answered had done so after; null: none has.
  median: number | null;
  // In the order of the progress.
  byWard: WardResult[];
}

export function drillResult(drill: AlertJson, progress: AlertProgressJson): DrillResult {
  const wentOut = instant(drill.publishedAt);
  const byWard = (progress.byWard ?? []).map((ward) => resultOf(ward, wentOut));
  const open = byWard.filter(({ ward }) => ward.state !== 'CLOSED');
  const spans = open
    .flatMap(({ answeredAfter }) => (answeredAfter === null ? [] : [answeredAfter]))
    .sort((a, b) => a - b);
  return {
    wards: open.length,
    reached: open.filter(({ ward, answer }) => answer !== undefined || (ward.displayed ?? 0) > 0)
      .length,
    answered: open.filter(({ answer }) => answer !== undefined).length,
    realProblems: byWard.filter((each) => each.realProblem !== undefined).length,
    median: spans[Math.floor((spans.length - 1) / 2)] ?? null,
    byWard,
  };
}

function resultOf(ward: WardProgressJson, wentOut: number | null): WardResult {
  const answer = (ward.answers ?? []).find(acknowledges);
  const at = Date.parse(answer?.at ?? '');
  const known = wentOut !== null && !Number.isNaN(at);
  return {
    ward,
    answer,
    answeredAfter: known ? Math.max(0, at - wentOut) : null,
    realProblem: realProblem(ward),
  };
}

// "2 of 3 wards answered, half of them within 4 min · 3 reached"
export function resultWords(result: DrillResult): string {
  const half = result.median === null ? '' : `, half of them within ${span(result.median)}`;
  return [
    `${result.answered} of ${count(result.wards, 'ward', 'wards')} answered${half}`,
    `${result.reached} reached`,
  ].join(' · ');
}

// "1 ward reports a REAL problem"; "" if none does.
export function realProblemWords(wards: number): string {
  return wards === 0 ? '' : `${count(wards, 'ward reports', 'wards report')} a REAL problem`;
}
