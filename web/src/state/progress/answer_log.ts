import type { WardAnswerJson } from '../../gen/wardcast/v1/answer_pb.ts';
import type { AlertProgressJson } from '../../gen/wardcast/v1/progress_pb.ts';

export interface NamedAnswer {
  answer: WardAnswerJson;
  wardName: string;
  phone: string;
}

// Help requests of the round that is counted, oldest first: they wait for somebody.
export function helpRequests(progress: AlertProgressJson): NamedAnswer[] {
  return named(progress).filter(
    ({ answer }) => answer.response === 'NEED_HELP' && (answer.round ?? 0) >= (progress.round ?? 0),
  );
}

// Every answer of every round, newest first.
export function answerLog(progress: AlertProgressJson): NamedAnswer[] {
  return named(progress).reverse();
}

function named(progress: AlertProgressJson): NamedAnswer[] {
  return (progress.byWard ?? [])
    .flatMap((ward) =>
      (ward.answers ?? []).map((answer) => ({
        answer,
        wardName: ward.name || ward.wardId || '',
        phone: ward.phone ?? '',
      })),
    )
    .sort((a, b) => (a.answer.at ?? '').localeCompare(b.answer.at ?? ''));
}
