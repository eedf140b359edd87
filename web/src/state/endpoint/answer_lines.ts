import { answeredBy, personWords } from '../person.ts';
import { capital, helpWord, responseWord, uncapital } from '../words.ts';
import { wardStand } from './answers.ts';
import type { HeldAlert } from './held.ts';
import type { Outbox, OutboxItem } from './outbox.ts';
import { pressesFor } from './press.ts';

// One line under the buttons: what was answered, and whether the broker has it.
export interface AnswerLine {
  key: string;
  text: string;
  case: 'recorded' | 'sending' | 'refused' | 'earlier';
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
}

export function answerLines(
  held: HeldAlert,
  wardId: string,
  wardName: string,
  outbox: Outbox,
): AnswerLines {
  const stand = wardStand(held, wardId);
  const presses = pressesFor(outbox, held, wardId);
  const lines: AnswerLine[] = [];
  if (stand.earlier !== null && stand.answer === null) {
    lines.push({
      key: 'earlier',
      text: `${wardName} answered before the change: ${responseWord[stand.earlier.response ?? 'UNSPECIFIED']} (${answeredBy(stand.earlier)})`,
      case: 'earlier',
      at: Date.parse(stand.earlier.at ?? '') || null,
      reason: '',
    });
  }
  for (const answer of [stand.answer, stand.help]) {
    if (answer === null) continue;
    const help = answer.help === undefined ? '' : `: ${uncapital(helpWord[answer.help])}`;
    lines.push({
      key: `recorded-${answer.response}`,
      text: `${wardName}: ${responseWord[answer.response ?? 'UNSPECIFIED']}${help} · ${answeredBy(answer)}`,
      case: 'recorded',
      at: Date.parse(answer.at ?? '') || null,
      reason: '',
    });
  }
  for (const item of presses) {
    const line = pressLine(item, wardName, stand.answer !== null, stand.help !== null);
    if (line !== null) lines.push(line);
  }
  return {
    lines,
    answered: stand.answer !== null || presses.some((item) => alive(item) && !isHelp(item)),
    helpAsked: stand.help !== null || presses.some((item) => alive(item) && isHelp(item)),
  };
}

const alive = (item: OutboxItem) => item.delivery.case !== 'refused';
const isHelp = (item: OutboxItem) =>
  item.body.case === 'press' && item.body.press.response === 'NEED_HELP';

function pressLine(
  item: OutboxItem,
  wardName: string,
  answerRecorded: boolean,
  helpRecorded: boolean,
): AnswerLine | null {
  if (item.body.case !== 'press') return null;
  const { press } = item.body;
  const person = personWords(press.person);
  const help =
    press.response === 'NEED_HELP' ? `: ${uncapital(helpWord[press.help ?? 'UNSPECIFIED'])}` : '';
  const line = {
    key: item.id,
    text: `${wardName}: ${responseWord[press.response ?? 'UNSPECIFIED']}${help} · ${person === '' ? 'person unknown' : person}`,
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
      return (isHelp(item) ? helpRecorded : answerRecorded)
        ? null
        : { ...line, case: 'recorded', reason: '' };
  }
}
