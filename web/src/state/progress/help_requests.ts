import type { WardAnswerJson } from '../../gen/wardcast/v1/answer_pb.ts';
import type { AlertProgressJson, WardProgressJson } from '../../gen/wardcast/v1/progress_pb.ts';
import { helpWord, uncapital } from '../words.ts';

// A ward that waits for downtime help.
export interface HelpRequest {
  ward: WardProgressJson;
  // What it asked for and waits for, oldest first; empty: older than the answers told.
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

// Its own answers to a drill say nothing about a real problem: that waits until somebody from outside
// has answered for the ward.
export function askedFor(ward: WardProgressJson): WardAnswerJson[] {
  const answers = ward.answers ?? [];
  const acknowledged = answers.findLastIndex(acknowledges);
  const fromOutside = answers.findLastIndex((each) => acknowledges(each) && each.fromOutside);
  return answers.filter(({ response }, index) => {
    if (response === 'NEED_HELP') return index > acknowledged;
    return response === 'REAL_PROBLEM' && index > fromOutside;
  });
}

const acknowledges = ({ response }: WardAnswerJson) =>
  response === 'PROCEDURE_STARTED' || response === 'NOT_AFFECTED';

// "forms or printer, staff", each once; "" if nothing is known of it.
export function askedWords(asked: readonly WardAnswerJson[]): string {
  const words = asked.map(({ help, response }) =>
    response === 'REAL_PROBLEM' ? 'a real problem' : uncapital(helpWord[help ?? 'UNSPECIFIED']),
  );
  return [...new Set(words)].filter((word) => word !== '').join(', ');
}
