import type { AlertJson, Instruction_When_ValueJson } from '../../gen/wardcast/v1/alert_pb.ts';
import type { AlertProgressJson } from '../../gen/wardcast/v1/progress_pb.ts';
import { isDrill } from '../drill/drills.ts';
import { say } from '../language/say.ts';
import { inEnglish } from '../language/words.ts';
import { progressWords } from '../progress/progress_words.ts';
import { together } from '../publish/fill.ts';
import {
  expectedBackFact,
  nextUpdateFact,
  startFact,
  type TimeFact,
} from '../time/notice_times.ts';
import type { SayTime } from '../time/words.ts';
import { capital, closingWord, kindWord, phaseWord, severityWord } from '../words.ts';
import { isOnWards, standingWords } from './standing.ts';

// What the texts are made of beside the notice.
export interface CopyContext {
  zone: string;
  now: number;
  sayTime: SayTime;
  // To call, where the notice itself names none.
  phone: string;
  progress: AlertProgressJson | undefined;
}

export interface Copies {
  overheadPage: string;
  phoneScript: string;
  mail: string;
  ticketNote: string;
}

// The notice for where Wardcast does not reach: read out over the loudspeakers, on the phone, as a mail
// and as a note in a ticket.
export function copiesOf(alert: AlertJson, context: CopyContext): Copies {
  const facts = factsOf(alert, context);
  return {
    overheadPage: overheadPage(alert, context),
    phoneScript: phoneScript(alert, context, facts),
    mail: mail(alert, context, facts),
    ticketNote: ticketNote(alert, context, facts),
  };
}

function factsOf(alert: AlertJson, { zone, now, sayTime }: CopyContext): string[] {
  if (alert.state === 'CLOSED') return [];
  return [
    startFact(alert, zone, now, inEnglish, sayTime),
    expectedBackFact(alert, zone, now, inEnglish, sayTime),
    nextUpdateFact(alert, zone, now, inEnglish, sayTime),
  ]
    .filter((fact): fact is TimeFact => fact !== null)
    .map(({ label, value }) => `${label}: ${value}`);
}

function exercise(alert: AlertJson, text: string): string {
  return isDrill(alert) ? `EXERCISE. ${text} EXERCISE.` : text;
}

function ended(alert: AlertJson): string {
  return alert.state === 'CLOSED' ? closingWord[alert.closing ?? 'UNSPECIFIED'] : '';
}

// "All clear for Imaging", and what wards read at the end, which may be anybody's words.
function endWords(alert: AlertJson): string {
  const over = ended(alert);
  const said = alert.closingText ?? '';
  // What ends by itself, and a drill, is no all clear.
  const byItself = alert.closing === 'EXPIRED' || isDrill(alert);
  if (said.toLowerCase().startsWith(over.toLowerCase()) || (byItself && said !== '')) {
    return sentences([said]);
  }
  const services = together(alert.serviceNames ?? []);
  const what = services === '' ? `: ${alert.headline ?? ''}` : ` for ${services}`;
  return sentences([`${over}${what}`, said]);
}

// What has changed since the headline was written: parts that work again, or all of it.
function sofar(alert: AlertJson): string[] {
  const cleared = (alert.cleared ?? []).map(({ text }) => text ?? '');
  return alert.state === 'RECOVERING' ? [...cleared, say(inEnglish, 'stayOnPaper')] : cleared;
}

// For everybody.
function steps(alert: AlertJson, when: Instruction_When_ValueJson): string[] {
  return (alert.instructions ?? [])
    .filter((step) => named(step.when) === when && (step.role ?? '') === '')
    .map((step) => step.text ?? '');
}

// For everybody, and for one role each: "Charge nurse: tell the next shift".
function allSteps(alert: AlertJson, when: Instruction_When_ValueJson): string[] {
  return (alert.instructions ?? [])
    .filter((step) => named(step.when) === when)
    .map(({ role, text }) => `${role ? `${capital(role)}: ` : ''}${text ?? ''}`);
}

function named(when: Instruction_When_ValueJson | undefined): Instruction_When_ValueJson {
  return when === undefined || when === 'UNSPECIFIED' ? 'DURING' : when;
}

function sentences(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
    .join(' ');
}

// Short, and twice: it is heard once, beside other noise.
function overheadPage(alert: AlertJson, context: CopyContext): string {
  const over = ended(alert);
  const say =
    over === ''
      ? sentences([
          `Downtime notice: ${alert.headline ?? ''}`,
          ...sofar(alert),
          ...steps(alert, 'DURING').slice(0, 2),
          callWords(alert, context),
        ])
      : endWords(alert);
  return exercise(alert, `Attention, please. ${say} I repeat. ${say}`);
}

function callWords(alert: AlertJson, context: CopyContext): string {
  const phone = alert.phone || context.phone;
  return phone === '' ? '' : `For downtime help call ${phone}`;
}

function phoneScript(alert: AlertJson, context: CopyContext, facts: readonly string[]): string {
  const over = ended(alert);
  const lines = [
    'This is the command centre. With whom am I speaking, and for which ward?',
    over === '' ? (alert.headline ?? '') : endWords(alert),
    ...(over === '' ? body(alert, facts) : backEntry(alert)),
    over === '' ? callWords(alert, context) : '',
    over === '' && alert.asksAnswer
      ? 'Has your ward started the downtime procedure? Do you need downtime help?'
      : '',
  ];
  return exercise(alert, lines.filter((line) => line !== '').join('\n'));
}

function body(alert: AlertJson, facts: readonly string[]): string[] {
  const list = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`${title}:`, ...items.map((item) => `- ${item}`)];
  return [
    ...sofar(alert),
    alert.impact ?? '',
    ...facts,
    ...list('Still works', alert.stillWorks ?? []),
    ...list('Before', allSteps(alert, 'BEFORE')),
    ...list('Do now', allSteps(alert, 'DURING')),
    ...list('Do not', allSteps(alert, 'DO_NOT')),
    ...list('Afterwards', allSteps(alert, 'AFTER')),
  ];
}

function backEntry(alert: AlertJson): string[] {
  const items = alert.backEntry ?? [];
  return items.length === 0 ? [] : ['Enter again:', ...items.map((item) => `- ${item}`)];
}

function mail(alert: AlertJson, context: CopyContext, facts: readonly string[]): string {
  const over = ended(alert);
  const word = over === '' ? severityWord[alert.severity ?? 'UNSPECIFIED'] : over.toUpperCase();
  const drill = isDrill(alert) ? 'EXERCISE: ' : '';
  const subject = `Subject: ${drill}${word}: ${alert.headline ?? ''}`;
  const services = (alert.serviceNames ?? []).join(', ');
  const lines = [
    services === '' ? '' : `Services: ${services}`,
    ...(over === '' ? body(alert, facts) : [endWords(alert), ...backEntry(alert)]),
    callWords(alert, context),
    alert.phoneFallback ? `When phones are down: ${alert.phoneFallback}` : '',
    over === '' && alert.downtimePc ? `Downtime PC: ${alert.downtimePc}` : '',
    over === '' && alert.binder ? `Binder: ${alert.binder}` : '',
    alert.reason ? `Reason: ${alert.reason}` : '',
    alert.ticket ? `Ticket: ${alert.ticket}` : '',
    alert.publishedBy ? `From: ${alert.publishedBy}` : '',
  ];
  return `${subject}\n\n${exercise(alert, lines.filter((line) => line !== '').join('\n'))}`;
}

function ticketNote(alert: AlertJson, context: CopyContext, facts: readonly string[]): string {
  const { zone, now, sayTime, progress } = context;
  const stands =
    ended(alert) ||
    standingWords(alert, zone, now, sayTime) ||
    phaseWord[alert.phase ?? 'UNSPECIFIED'];
  const told = isOnWards(alert) || alert.state === 'CLOSED';
  const lines = [
    `Wardcast ${alert.id ?? ''}, revision ${alert.revision ?? 1}, round ${alert.round ?? 1}`,
    `${kindWord[alert.kind ?? 'UNSPECIFIED']}, ${severityWord[alert.severity ?? 'UNSPECIFIED']}: ${alert.headline ?? ''}`,
    `Stands: ${stands}`,
    ...sofar(alert),
    ...facts,
    (alert.serviceNames ?? []).length === 0 ? '' : `Services: ${alert.serviceNames?.join(', ')}`,
    alert.closingText ? `Said at the end: ${alert.closingText}` : '',
    told && progress !== undefined ? progressWords(progress, alert.asksAnswer ?? false) : '',
    alert.ticket ? `Ticket: ${alert.ticket}` : '',
  ];
  return exercise(alert, lines.filter((line) => line !== '').join('\n'));
}
