import type { WardAnswerJson } from '../../gen/wardcast/v1/answer_pb.ts';
import type { WardProgressJson } from '../../gen/wardcast/v1/progress_pb.ts';

// The answer "Real problem here" that a ward gave in a drill and that nobody has acknowledged since;
// undefined: there is none.
export function realProblem(ward: WardProgressJson): WardAnswerJson | undefined {
  const answers = ward.answers ?? [];
  const last = answers.findLastIndex(({ response }) => response === 'REAL_PROBLEM');
  return answers.slice(last + 1).some(acknowledges) ? undefined : answers[last];
}

export function acknowledges({ response }: WardAnswerJson): boolean {
  return response === 'PROCEDURE_STARTED' || response === 'NOT_AFFECTED';
}
