import type { WardAnswerJson } from '../../gen/wardcast/v1/answer_pb.ts';
import { type HeldAlert, roundFor } from './held.ts';

export interface WardStand {
  // The ward's latest acknowledgement in the round that counts now.
  answer: WardAnswerJson | null;
  // Its latest help request in that round.
  help: WardAnswerJson | null;
  // Its latest "Real problem here" in that round, of a drill.
  problem: WardAnswerJson | null;
  // Its latest acknowledgement before that round: "4 West answered before the change".
  earlier: WardAnswerJson | null;
  backEntryDone: WardAnswerJson | null;
}

// Where this ward stands with an alert, from what the broker has recorded.
export function wardStand(held: HeldAlert, wardId: string): WardStand {
  const round = roundFor(held.alert, wardId);
  const stand: WardStand = {
    answer: null,
    help: null,
    problem: null,
    earlier: null,
    backEntryDone: null,
  };
  for (const answer of held.answers) {
    if (answer.wardId !== wardId) continue;
    const current = (answer.round ?? 0) >= round;
    switch (answer.response) {
      case 'PROCEDURE_STARTED':
      case 'NOT_AFFECTED':
        if (current) stand.answer = answer;
        else stand.earlier = answer;
        break;
      case 'NEED_HELP':
        if (current) stand.help = answer;
        break;
      case 'REAL_PROBLEM':
        if (current) stand.problem = answer;
        break;
      case 'BACK_ENTRY_DONE':
        stand.backEntryDone = answer;
        break;
      default:
        break;
    }
  }
  return stand;
}
