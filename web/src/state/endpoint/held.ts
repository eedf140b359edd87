import type {
  AlertJson,
  Occasion_ValueJson,
  Presentation_ValueJson,
} from '../../gen/wardcast/v1/alert_pb.ts';
import type { WardAnswerJson } from '../../gen/wardcast/v1/answer_pb.ts';
import type {
  GetProceduresResponseJson,
  GetSettingsResponseJson,
  SubscribeResponseJson,
} from '../../gen/wardcast/v1/endpoint_service_pb.ts';

export type EndpointId = string & { readonly brand: 'EndpointId' };

// Which log, and which life of it. A higher generation beats every version of a lower one.
export interface LogLife {
  logId: string;
  generation: bigint;
}

// What this endpoint has done about an alert, as the highest round in which it did so; 0 = never.
export interface Marks {
  displayed: number;
  seen: number;
  // The end was seen here: a recall is put away, an all clear is a strip.
  closingSeen: boolean;
  // The broker has confirmed that "Back-entry done" was pressed here.
  backEntryDone?: boolean;
}

export interface HeldAlert {
  alert: AlertJson;
  answers: readonly WardAnswerJson[];
  marks: Marks;
}

// What the broker told, as it is on disk.
export interface EndpointState {
  // The log that the broker served when it was last heard; null: never heard.
  log: LogLife | null;
  // Highest log sequence of `log` that this endpoint ever saw.
  sequence: bigint;
  held: ReadonlyMap<string, HeldAlert>;
  settingsVersion: string;
  settings: GetSettingsResponseJson | null;
  // Approved ones; null: never heard.
  procedures: GetProceduresResponseJson | null;
  // The broker's time of the last message, milliseconds; 0: never.
  heardAt: number;
}

export const emptyState: EndpointState = {
  log: null,
  sequence: 0n,
  held: new Map(),
  settingsVersion: '',
  settings: null,
  procedures: null,
  heardAt: 0,
};

export const noMarks: Marks = { displayed: 0, seen: 0, closingSeen: false };

// int64 in proto3 JSON: a string, or absent for 0. Anything else counts as 0.
export function int64(text: string | undefined): bigint {
  return text !== undefined && /^-?\d{1,19}$/.test(text) ? BigInt(text) : 0n;
}

// The log that a message names; null: it names none, so it is the one of the message before.
export function lifeOf(message: SubscribeResponseJson): LogLife | null {
  if (message.logId === undefined || message.logId === '') return null;
  return { logId: message.logId, generation: int64(message.generation) };
}

// The round that counts for one ward, how it is presented, and what it calls attention for.
export interface WardRound {
  round: number;
  presentation: Presentation_ValueJson;
  occasion: Occasion_ValueJson;
}

// The alert's round, or a higher one of the ward's own.
export function roundAt(alert: AlertJson, wardId: string): WardRound {
  const { roundPresentation } = alert;
  // A strip or a reminder is of the open notice; its end is shown once as the notice itself was.
  const given = roundPresentation !== undefined && roundPresentation !== 'UNSPECIFIED';
  const found: WardRound = {
    round: alert.round ?? 0,
    presentation:
      (given && alert.state !== 'CLOSED' ? roundPresentation : alert.presentation) ?? 'UNSPECIFIED',
    occasion: alert.occasion ?? 'UNSPECIFIED',
  };
  for (const own of alert.wardOverrides ?? []) {
    if (own.wardId !== wardId || (own.round ?? 0) <= found.round) continue;
    found.round = own.round ?? 0;
    found.occasion = own.occasion ?? 'UNSPECIFIED';
    if (own.presentation !== undefined && own.presentation !== 'UNSPECIFIED') {
      found.presentation = own.presentation;
    }
  }
  return found;
}

export function roundFor(alert: AlertJson, wardId: string): number {
  return roundAt(alert, wardId).round;
}
