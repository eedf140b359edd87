import type { WardAnswerJson } from '../gen/wardcast/v1/answer_pb.ts';
import { say } from './language/say.ts';
import { inEnglish, type Spoken } from './language/words.ts';

// "J.R., charge nurse", or "" if nothing is known.
export function personWords(person: WardAnswerJson['person']): string {
  return [person?.initials, person?.role]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
}

// "J.R., charge nurse, 4W-PC-03", or "4W-PC-03, person unknown".
export function answeredBy(answer: WardAnswerJson, spoken: Spoken = inEnglish): string {
  const person = personWords(answer.person);
  const by = answer.by ?? '';
  const unknown = say(spoken, 'personUnknown');
  if (person === '') return by === '' ? unknown : `${by}, ${unknown}`;
  return by === '' ? person : `${person}, ${by}`;
}
