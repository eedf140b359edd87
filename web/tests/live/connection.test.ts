import { describe, expect, it } from 'vitest';
import {
  type Connection,
  type ConnectionEvent,
  contact,
  started,
  step,
} from '../../src/live/connection.ts';

// Plays events at their times; `random` is 0.5 unless told.
function play(
  events: [number, ConnectionEvent['case'] | ConnectionEvent][],
  random = 0.5,
): Connection {
  return events.reduce(
    (connection, [at, event]) =>
      step(
        connection,
        typeof event === 'string' ? ({ case: event } as ConnectionEvent) : event,
        at,
        random,
      ),
    started(0),
  );
}

describe('connection', () => {
  it('is live when what is held is complete, not when the socket opens', () => {
    expect(play([[10, 'opened']]).phase.case).toBe('opened');
    expect(
      play([
        [10, 'opened'],
        [20, 'synced'],
      ]).phase.case,
    ).toBe('live');
  });

  it('gives up connecting after 10 seconds', () => {
    expect(play([[9_999, 'tick']]).phase.case).toBe('connecting');
    expect(play([[10_000, 'tick']]).phase.case).toBe('waiting');
  });

  it('believes 45 seconds of silence and no more', () => {
    expect(
      play([
        [10, 'opened'],
        [20, 'synced'],
        [45_019, 'tick'],
      ]).phase.case,
    ).toBe('live');
    expect(
      play([
        [10, 'opened'],
        [20, 'synced'],
        [45_020, 'tick'],
      ]).phase.case,
    ).toBe('waiting');
    expect(
      play([
        [20, 'synced'],
        [30_000, 'heard'],
        [45_020, 'tick'],
      ]).phase.case,
    ).toBe('live');
  });

  it('waits with full jitter, half a second first, 30 at most', () => {
    const waits = (random: number) => {
      let connection = step(started(0), { case: 'synced' }, 0, random);
      return Array.from({ length: 9 }, () => {
        connection = step({ ...connection, phase: { case: 'live' } }, { case: 'lost' }, 0, random);
        return connection.phase.case === 'waiting' ? connection.phase.until : -1;
      });
    };
    expect(waits(0.999999).map(Math.round)).toEqual([
      500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000,
    ]);
    expect(waits(0)).toEqual(Array(9).fill(0));
  });

  it('starts over with short waits once it was live', () => {
    const connection = play([
      [0, 'lost'],
      [600, 'tick'],
      [700, 'lost'],
      [2_000, 'tick'],
      [2_100, 'opened'],
      [2_200, 'synced'],
    ]);
    expect(connection.attempt).toBe(0);
  });

  it('obeys retry_after, and nothing shortens it', () => {
    const asked: [number, ConnectionEvent['case'] | ConnectionEvent][] = [
      [10, 'opened'],
      [20, 'synced'],
      [30, { case: 'retryAfter', ms: 20_000 }],
      [40, 'lost'],
    ];
    const waiting = play(asked).phase;
    expect(waiting).toEqual({ case: 'waiting', until: 20_290, firm: true });
    expect(play([...asked, [1_000, 'wake']]).phase).toEqual(waiting);
    expect(play([...asked, [20_290, 'tick']]).phase.case).toBe('connecting');
  });

  it('connects at once when the tab wakes', () => {
    expect(
      play([
        [0, 'lost'],
        [1, 'wake'],
      ]).phase.case,
    ).toBe('connecting');
  });

  it('does not believe a socket that was silent through a sleep', () => {
    expect(
      play([
        [10, 'synced'],
        [20_000, 'wake'],
      ]).phase.case,
    ).toBe('live');
    expect(
      play([
        [10, 'synced'],
        [26_000, 'wake'],
      ]).phase.case,
    ).toBe('connecting');
  });
});

describe('what people are told', () => {
  it('is never “connected” after 45 silent seconds, whatever the timers did', () => {
    const live = play([
      [10, 'opened'],
      [20, 'synced'],
    ]);
    expect(contact(live, 45_019).case).toBe('live');
    expect(contact(live, 45_020).case).toBe('lost');
  });

  it('is a hiccup first, then lost', () => {
    const lost = play([
      [10, 'opened'],
      [20, 'synced'],
      [1_000, 'lost'],
    ]);
    expect(contact(lost, 1_100).case).toBe('reconnecting');
    expect(contact(lost, 6_000).case).toBe('lost');
  });

  it('keeps the first moment of the gap through many attempts', () => {
    const lost = play([
      [20, 'synced'],
      [1_000, 'lost'],
      [1_300, 'tick'],
      [1_400, 'lost'],
      [5_500, 'tick'],
    ]);
    expect(lost.downSince).toBe(1_000);
    expect(contact(lost, 6_001).case).toBe('lost');
  });

  it('says connecting at the start, and lost when nobody answers', () => {
    expect(contact(started(0), 9_999).case).toBe('starting');
    expect(contact(started(0), 10_000).case).toBe('lost');
  });
});
