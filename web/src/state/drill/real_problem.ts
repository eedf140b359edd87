import type { WardAnswerJson } from '../../gen/wardcast/v1/answer_pb.ts';
import type { WardProgressJson } from '../../gen/wardcast/v1/progress_pb.ts';

// The answer "Real problem here" that a ward gave in a drill, while it stands: what the ward answers to
// the drill says nothing about it, and the drill's end neither. Somebody from outside has to have asked
// there. undefined: there is none.
export function realProblem(ward: WardProgressJson): WardAnswerJson | undefined {
  if (ward.state !== 'HELP') return undefined;
  return openRealProblems(ward).at(-1);
}

// The same without looking at how the ward stands, oldest first.
export function openRealProblems(ward: WardProgressJson): WardAnswerJson[] {
  const answers = ward.answers ?? [];
  const settled = answers.findLastIndex(
    (answer) =>
      answer.fromOutside === true &&
      (acknowledges(answer) || answer.response === 'BACK_ENTRY_DONE'),
  );
  return answers.slice(settled + 1).filter(({ response }) => response === 'REAL_PROBLEM');
}

export function acknowledges({ response }: WardAnswerJson): boolean {
  return response === 'PROCEDURE_STARTED' || response === 'NOT_AFFECTED';
}
