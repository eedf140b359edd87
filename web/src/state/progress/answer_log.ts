import type { TimelineEntryJson } from '../../gen/wardcast/v1/alert_service_pb.ts';
import type { WardAnswerJson } from '../../gen/wardcast/v1/answer_pb.ts';
import type { AlertProgressJson } from '../../gen/wardcast/v1/progress_pb.ts';
import { answerKey } from '../endpoint/apply.ts';

export interface NamedAnswer {
  key: string;
  answer: WardAnswerJson;
  wardName: string;
}

export interface AnswerLog {
  // Of every round, newest first.
  answers: NamedAnswer[];
  // Older ones that are not among them.
  leftOut: number;
}

// Progress tells the newest answers of each ward, the timeline all that there were when it was asked.
export function answerLog(
  progress: AlertProgressJson,
  timeline: readonly TimelineEntryJson[],
): AnswerLog {
  const names = new Map<string, string>();
  const found = new Map<string, WardAnswerJson>();
  let total = 0;
  for (const { answer } of timeline) {
    if (answer !== undefined) found.set(answerKey(answer), answer);
  }
  for (const ward of progress.byWard ?? []) {
    names.set(ward.wardId ?? '', ward.name ?? '');
    for (const answer of ward.answers ?? []) found.set(answerKey(answer), answer);
    total += (ward.answers ?? []).length + (ward.answersLeftOut ?? 0);
  }
  const answers = [...found]
    .map(([key, answer]) => {
      const id = answer.wardId ?? '';
      return { key, answer, wardName: names.get(id) || id };
    })
    .sort((a, b) => (b.answer.at ?? '').localeCompare(a.answer.at ?? ''));
  return { answers, leftOut: Math.max(0, total - answers.length) };
}
