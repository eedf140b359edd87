import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import type { WardAnswerJson } from '../../gen/wardcast/v1/answer_pb.ts';
import type {
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
  // The closing version (all clear, recall) was shown and put away.
  closingSeen: boolean;
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
  // The broker's time of the last message, milliseconds; 0: never.
  heardAt: number;
}

export const emptyState: EndpointState = {
  log: null,
  sequence: 0n,
  held: new Map(),
  settingsVersion: '',
  settings: null,
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

// The round that counts for this ward: the alert's, or a higher one of its own.
export function roundFor(alert: AlertJson, wardId: string): number {
  const own = alert.wardOverrides?.find((override) => override.wardId === wardId)?.round ?? 0;
  return Math.max(alert.round ?? 0, own);
}
