import { assertNever } from '../state/assert_never.ts';

// The state of one connection as a pure function of events. Times are milliseconds of the monotonic
// clock; `random` is in [0, 1). Nothing here opens a socket: the driver does, by comparing phases.

// Opening takes no longer than this.
export const connectLimit = 10_000;
// The broker says something every 20 s; after this long without a word it is gone.
export const silenceLimit = 45_000;
// A heartbeat and a bit: after waking, a socket that is silent for longer is not believed.
export const wakeDoubt = 25_000;
const backoffBase = 500;
const backoffCap = 30_000;

export type Phase =
  // A socket is being opened.
  | { case: 'connecting'; since: number }
  // It is open, and the first answer is awaited.
  | { case: 'opened'; since: number }
  | { case: 'live' }
  // The next attempt is at `until`. `firm`: the broker asked to wait, nothing shortens it.
  | { case: 'waiting'; until: number; firm: boolean };

export interface Connection {
  phase: Phase;
  // Which attempt this is since it was last live; the back-off grows with it.
  attempt: number;
  // When anything was last heard; null: never.
  heardAt: number | null;
  // Since when it is not live; null: it is.
  downSince: number | null;
  // What the broker asked for before it closed.
  retryAfter: number | null;
}

export type ConnectionEvent =
  | { case: 'opened' }
  // Any frame of the broker.
  | { case: 'heard' }
  // The first answer: what is held is now complete.
  | { case: 'synced' }
  | { case: 'retryAfter'; ms: number }
  | { case: 'lost' }
  | { case: 'wake' }
  | { case: 'tick' };

export function started(now: number): Connection {
  return {
    phase: { case: 'connecting', since: now },
    attempt: 0,
    heardAt: null,
    downSince: now,
    retryAfter: null,
  };
}

export function step(
  connection: Connection,
  event: ConnectionEvent,
  now: number,
  random: number,
): Connection {
  switch (event.case) {
    case 'opened':
      return { ...connection, phase: { case: 'opened', since: now } };
    case 'heard':
      return { ...connection, heardAt: now };
    case 'synced':
      return {
        phase: { case: 'live' },
        attempt: 0,
        heardAt: now,
        downSince: null,
        retryAfter: null,
      };
    case 'retryAfter':
      return { ...connection, retryAfter: event.ms };
    case 'lost':
      return connection.phase.case === 'waiting' ? connection : lost(connection, now, random);
    case 'wake':
      return woken(connection, now);
    case 'tick':
      return ticked(connection, now, random);
    default:
      return assertNever(event);
  }
}

function lost(connection: Connection, now: number, random: number): Connection {
  const asked = connection.retryAfter;
  const ceiling = Math.min(backoffCap, backoffBase * 2 ** Math.min(connection.attempt, 10));
  const wait = asked === null ? random * ceiling : asked + random * backoffBase;
  return {
    phase: { case: 'waiting', until: now + wait, firm: asked !== null },
    attempt: connection.attempt + 1,
    heardAt: connection.heardAt,
    downSince: connection.downSince ?? now,
    retryAfter: null,
  };
}

function connect(connection: Connection, now: number): Connection {
  return { ...connection, phase: { case: 'connecting', since: now } };
}

function woken(connection: Connection, now: number): Connection {
  const { phase } = connection;
  if (phase.case === 'waiting' && !phase.firm) return connect(connection, now);
  if (phase.case === 'live' && now - (connection.heardAt ?? now) > wakeDoubt) {
    return connect({ ...connection, downSince: connection.downSince ?? now }, now);
  }
  return connection;
}

function ticked(connection: Connection, now: number, random: number): Connection {
  const { phase } = connection;
  switch (phase.case) {
    case 'connecting':
      return now - phase.since >= connectLimit ? lost(connection, now, random) : connection;
    case 'opened':
      return now - phase.since >= silenceLimit ? lost(connection, now, random) : connection;
    case 'live':
      return now - (connection.heardAt ?? now) >= silenceLimit
        ? lost(connection, now, random)
        : connection;
    case 'waiting':
      return now >= phase.until ? connect(connection, now) : connection;
    default:
      return assertNever(phase);
  }
}

// What people are told.
export type Contact =
  | { case: 'live' }
  // Just started, nothing heard yet.
  | { case: 'starting' }
  // Gone a moment ago, trying again.
  | { case: 'reconnecting' }
  | { case: 'lost' };

// A gap shorter than this is a hiccup, not yet lost contact.
const hiccup = 5_000;

export function contact(connection: Connection, now: number): Contact {
  if (connection.phase.case === 'live') {
    // Timers of a hidden tab are late: judge by the clock, not by the last tick.
    return now - (connection.heardAt ?? now) >= silenceLimit ? { case: 'lost' } : { case: 'live' };
  }
  if (
    now - (connection.downSince ?? now) >=
    (connection.heardAt === null ? connectLimit : hiccup)
  ) {
    return { case: 'lost' };
  }
  return connection.heardAt === null ? { case: 'starting' } : { case: 'reconnecting' };
}
