import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import type { WardAnswerJson } from '../../gen/wardcast/v1/answer_pb.ts';
import type {
  KnownJson,
  SubscribeResponseJson,
} from '../../gen/wardcast/v1/endpoint_service_pb.ts';
import { type EndpointState, type HeldAlert, int64, type LogLife, noMarks } from './held.ts';

// A broker accepts at most so many `known`.
const knownLimit = 1000;

// Applies one message as a whole. Twice is harmless; an older version changes nothing. `life` is the
// log that this broker serves. Returns the same object if nothing changed but the time.
export function apply(
  state: EndpointState,
  message: SubscribeResponseJson,
  life: LogLife,
): EndpointState {
  const held = new Map(state.held);
  for (const signed of message.alerts ?? []) {
    if (signed.alert?.id !== undefined) takeAlert(held, signed.alert);
  }
  for (const removed of message.removed ?? []) {
    const mine = held.get(removed.alertId ?? '');
    // A broker removes only alerts of its own log.
    if (mine === undefined || mine.alert.logId !== life.logId) continue;
    const newerLife = int64(mine.alert.generation) < life.generation;
    if (newerLife || int64(mine.alert.version) <= int64(removed.version)) {
      held.delete(removed.alertId ?? '');
    }
  }
  for (const answer of message.answers ?? []) takeAnswer(held, answer);
  const sameLog = state.log?.logId === life.logId && state.log.generation === life.generation;
  const sequence = int64(message.sequence);
  return {
    ...state,
    log: life,
    // A sequence means something only within its log.
    sequence: sameLog && state.sequence > sequence ? state.sequence : sequence,
    held,
    heardAt: Math.max(Date.parse(message.serverTime ?? '') || 0, sameLog ? state.heardAt : 0),
  };
}

function takeAlert(held: Map<string, HeldAlert>, alert: AlertJson): void {
  const id = alert.id ?? '';
  const mine = held.get(id);
  if (mine !== undefined && !newer(alert, mine.alert)) return;
  held.set(id, { alert, answers: mine?.answers ?? [], marks: mine?.marks ?? noMarks });
}

function newer(next: AlertJson, mine: AlertJson): boolean {
  if (next.logId !== mine.logId) return true;
  const byLife = int64(next.generation) - int64(mine.generation);
  if (byLife !== 0n) return byLife > 0n;
  return int64(next.version) > int64(mine.version);
}

function takeAnswer(held: Map<string, HeldAlert>, answer: WardAnswerJson): void {
  const mine = held.get(answer.alertId ?? '');
  if (mine === undefined) return;
  const key = answerKey(answer);
  if (mine.answers.some((known) => answerKey(known) === key)) return;
  const answers = [...mine.answers, answer].sort((a, b) =>
    Number(int64(a.answerVersion) - int64(b.answerVersion)),
  );
  held.set(answer.alertId ?? '', { ...mine, answers });
}

// Tells one answer from all others of its alert.
export function answerKey(answer: WardAnswerJson): string {
  return [answer.answerVersion, answer.at, answer.wardId, answer.round, answer.by].join('|');
}

// What the endpoint says that it holds: open ones first, then the youngest closed ones.
export function known(state: EndpointState): KnownJson[] {
  return [...state.held.values()]
    .sort((a, b) => rank(b.alert) - rank(a.alert))
    .slice(0, knownLimit)
    .map(({ alert, answers }) => ({
      alertId: alert.id ?? '',
      logId: alert.logId ?? '',
      generation: alert.generation ?? '0',
      version: alert.version ?? '0',
      answerVersion: String(
        answers.reduce((most, answer) => {
          const version = int64(answer.answerVersion);
          return version > most ? version : most;
        }, 0n),
      ),
    }));
}

function rank(alert: AlertJson): number {
  const open = alert.state === 'CLOSED' ? 0 : 1e15;
  return open + (Date.parse(alert.changedAt?.at ?? '') || 0);
}
