import type { WardAnswerJson } from '../../gen/wardcast/v1/answer_pb.ts';
import { say } from '../language/say.ts';
import { inEnglish, type Spoken } from '../language/words.ts';
import { answeredBy, personWords } from '../person.ts';
import { capital } from '../words.ts';
import { helpSaid, responseSaid } from './answer_words.ts';
import { type WardStand, wardStand } from './answers.ts';
import { type HeldAlert, roundAt } from './held.ts';
import type { Outbox, OutboxItem } from './outbox.ts';
import { pressesFor } from './press.ts';

// One line under the buttons: what was answered, and whether the broker has it.
export interface AnswerLine {
  key: string;
  text: string;
  // `earlier`: of a round before, to be given again; `before`: of a round before, still told.
  case: 'recorded' | 'sending' | 'refused' | 'earlier' | 'before';
  // When it was recorded or pressed, milliseconds; null: not known.
  at: number | null;
  // Why it was refused, or why it waits.
  reason: string;
}

export interface AnswerLines {
  lines: AnswerLine[];
  // The ward has answered this round, or the answer is on its way.
  answered: boolean;
  helpAsked: boolean;
  // A real problem in a drill was reported, or is on its way.
  problemReported: boolean;
}

export function answerLines(
  held: HeldAlert,
  wardId: string,
  wardName: string,
  outbox: Outbox,
  spoken: Spoken = inEnglish,
): AnswerLines {
  const stand = wardStand(held, wardId);
  const presses = pressesFor(outbox, held, wardId);
  const lines: AnswerLine[] = [];
  if (stand.earlier !== null && stand.answer === null) {
    lines.push(earlierLine(held, stand.earlier, wardId, wardName, spoken));
  }
  for (const answer of [stand.answer, stand.help, stand.problem]) {
    if (answer === null) continue;
    const help = helpWords(answer.help, spoken);
    lines.push({
      key: `recorded-${answer.response}`,
      text: `${wardName}: ${responseWords(answer.response, spoken)}${help} · ${answeredBy(answer, spoken)}`,
      case: 'recorded',
      at: Date.parse(answer.at ?? '') || null,
      reason: '',
    });
  }
  for (const item of presses) {
    const line = pressLine(item, wardName, stand, spoken);
    if (line !== null) lines.push(line);
  }
  const told = (what: Said) =>
    stand[what] !== null || presses.some((item) => alive(item) && saidBy(item) === what);
  return {
    lines,
    answered: told('answer'),
    helpAsked: told('help'),
    problemReported: told('problem'),
  };
}

const responseWords = (response: WardAnswerJson['response'], spoken: Spoken) =>
  say(spoken, responseSaid[response ?? 'UNSPECIFIED']);

function helpWords(help: WardAnswerJson['help'], spoken: Spoken): string {
  return help === undefined || help === 'UNSPECIFIED' ? '' : `: ${say(spoken, helpSaid[help])}`;
}

// An answer of a round before: after a change it is asked for again; at a shift start it is told on.
function earlierLine(
  held: HeldAlert,
  answer: WardAnswerJson,
  wardId: string,
  wardName: string,
  spoken: Spoken,
): AnswerLine {
  const said = responseWords(answer.response, spoken);
  const by = answeredBy(answer, spoken);
  const line = { key: 'earlier', at: Date.parse(answer.at ?? '') || null, reason: '' };
  switch (roundAt(held.alert, wardId).occasion) {
    case 'SHIFT_START':
      return {
        ...line,
        text: `${wardName}: ${said} · ${by}, ${say(spoken, 'byThePreviousShift')}`,
        case: 'before',
      };
    case 'REMINDER':
    case 'OVERRUN':
    case 'PARTLY_CLEAR':
      return { ...line, text: `${wardName}: ${said} · ${by}`, case: 'before' };
    default:
      return {
        ...line,
        text: `${say(spoken, 'beforeTheChange', { ward: wardName })}: ${said} (${by})`,
        case: 'earlier',
      };
  }
}

const alive = (item: OutboxItem) => item.delivery.case !== 'refused';

// What of the ward's stand a press is about.
type Said = 'answer' | 'help' | 'problem';

function saidBy(item: OutboxItem): Said {
  const response = item.body.case === 'press' ? item.body.press.response : undefined;
  if (response === 'NEED_HELP') return 'help';
  return response === 'REAL_PROBLEM' ? 'problem' : 'answer';
}

function pressLine(
  item: OutboxItem,
  wardName: string,
  stand: WardStand,
  spoken: Spoken,
): AnswerLine | null {
  if (item.body.case !== 'press') return null;
  const { press } = item.body;
  const person = personWords(press.person);
  const help = press.response === 'NEED_HELP' ? helpWords(press.help, spoken) : '';
  const who = person === '' ? say(spoken, 'personUnknown') : person;
  const line = {
    key: item.id,
    text: `${wardName}: ${responseWords(press.response, spoken)}${help} · ${who}`,
    at: Date.parse(press.pressedAt ?? '') || null,
  };
  switch (item.delivery.case) {
    case 'waiting':
      return { ...line, case: 'sending', reason: '' };
    case 'later':
      return { ...line, case: 'sending', reason: item.delivery.reason };
    case 'refused':
      return { ...line, case: 'refused', reason: capital(item.delivery.reason) };
    case 'confirmed':
      // The broker's own line says it better, once it has come.
      return stand[saidBy(item)] === null ? { ...line, case: 'recorded', reason: '' } : null;
  }
}
