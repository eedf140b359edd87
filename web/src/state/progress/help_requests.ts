import type { WardAnswerJson } from '../../gen/wardcast/v1/answer_pb.ts';
import type { AlertProgressJson, WardProgressJson } from '../../gen/wardcast/v1/progress_pb.ts';
import { acknowledges, openRealProblems } from '../drill/real_problem.ts';
import { helpWord, uncapital } from '../words.ts';

// A ward that waits for downtime help, or that reports a real problem in a drill.
export interface HelpRequest {
  ward: WardProgressJson;
  // What it asked for since it last acknowledged, oldest first; empty: older than the answers told.
  asked: WardAnswerJson[];
}

// The wards that wait, longest first. The broker decides which they are: a new round ends no help
// request, an acknowledgement does.
export function helpRequests(progress: AlertProgressJson): HelpRequest[] {
  return (progress.byWard ?? [])
    .filter((ward) => ward.state === 'HELP')
    .map((ward) => ({ ward, asked: askedFor(ward) }))
    .sort((a, b) => (a.asked[0]?.at ?? '').localeCompare(b.asked[0]?.at ?? ''));
}

export function askedFor(ward: WardProgressJson): WardAnswerJson[] {
  const answers = ward.answers ?? [];
  const acknowledged = answers.findLastIndex(acknowledges);
  const real = openRealProblems(ward);
  return answers.filter(
    (answer, index) =>
      (answer.response === 'NEED_HELP' && index > acknowledged) || real.includes(answer),
  );
}

// "forms or printer, staff", each once; "" if nothing is known of it.
export function askedWords(asked: readonly WardAnswerJson[]): string {
  const words = asked.map(({ response, help }) =>
    response === 'REAL_PROBLEM' ? 'a REAL problem' : uncapital(helpWord[help ?? 'UNSPECIFIED']),
  );
  return [...new Set(words)].filter((word) => word !== '').join(', ');
}
