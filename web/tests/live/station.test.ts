import { beforeEach, describe, expect, it } from 'vitest';
import { Station } from '../../src/live/station.ts';
import { pressAnswer } from '../../src/pages/receiver/press_answer.ts';
import { pressSeen } from '../../src/pages/receiver/press_seen.ts';
import type { EndpointId } from '../../src/state/endpoint/held.ts';
import { alertOf, noon } from '../build_alert.ts';
import { FakeBrowser, FakeDisk, type FakeSocket, settle } from '../fake_browser.ts';

const pc = '4w-pc-01' as EndpointId;
const ward = { id: '4w', name: '4 West' };
const answer = {
  response: 'PROCEDURE_STARTED',
  help: 'UNSPECIFIED',
  initials: '',
  role: '',
} as const;

let fake: FakeBrowser;
let disk: FakeDisk;
let life: { logId: string; generation: string };

beforeEach(() => {
  fake = new FakeBrowser();
  disk = new FakeDisk();
  life = { logId: 'log-a', generation: '1' };
  fake.calls['/wardcast.v1.EndpointService/GetSettings'] = () => ({ endpoint: { id: pc }, ward });
});

async function start(reports = true): Promise<Station> {
  const station = new Station(fake.browser(), disk, pc, reports);
  await station.start();
  return station;
}

// The broker takes the connection and says what there is.
async function accept(alerts = [alertOf()], sequence = '10') {
  const socket = fake.last();
  socket.events.opened();
  await settle();
  socket.tell({
    subscribe: {
      alerts: alerts.map((alert) => ({ alert })),
      synced: true,
      ...life,
      sequence,
      serverTime: new Date(noon).toISOString(),
      settingsVersion: '1',
    },
  });
  await fake.pass(1);
  return socket;
}

const reportsOf = (socket: FakeSocket) =>
  socket.sent.flatMap((frame) => (frame.report === undefined ? [] : [frame]));

// Confirms everything that was sent and not yet confirmed.
async function confirm(socket: Awaited<ReturnType<typeof accept>>, from = 0) {
  for (const frame of reportsOf(socket).slice(from)) {
    const ids = [...(frame.report?.receipts ?? []), ...(frame.report?.acknowledgements ?? [])];
    socket.tell({
      requestId: frame.requestId ?? '',
      report: { recordedIds: ids.map((each) => each.id ?? '') },
    });
  }
  await fake.pass(1);
}

describe('station', () => {
  it('says goodbye when the page is closed, so that it is off and not lost', async () => {
    await start();
    const socket = await accept([]);
    fake.leave();
    expect(socket.sent.at(-1)?.report).toEqual({ endpointId: '4w-pc-01', goodbye: true });
  });

  it('says goodbye to nobody while there is no contact, and never as a wall', async () => {
    await start();
    fake.leave();
    expect(fake.last().sent).toEqual([]);
    await start(false);
    const socket = await accept([]);
    fake.leave();
    expect(reportsOf(socket)).toEqual([]);
  });

  it('subscribes with what it holds, and reports what was delivered', async () => {
    const station = await start();
    expect(station.snapshot().contact.case).toBe('starting');
    const socket = await accept();
    expect(socket.sent[0]?.subscribe).toMatchObject({
      endpoint: { id: '4w-pc-01' },
      known: [],
      maxSeenSequence: '0',
    });
    expect(station.snapshot()).toMatchObject({ contact: { case: 'live' }, syncedOnce: true });
    expect(reportsOf(socket)[0]?.report?.receipts).toMatchObject([
      { alertId: 'A1', kind: 'DELIVERED', round: 1 },
    ]);
    expect(station.snapshot().state.settings?.ward).toEqual(ward);
  });

  it('keeps the downtime procedures, and asks for them again only when they are others', async () => {
    let asked = 0;
    fake.calls['/wardcast.v1.EndpointService/GetProcedures'] = () => {
      asked += 1;
      return { version: '7', procedures: [{ id: 'lab', title: 'Lab on paper' }] };
    };
    await start();
    const socket = await accept([]);
    socket.tell({ subscribe: { proceduresVersion: '7' } });
    await fake.pass(1);
    socket.tell({ subscribe: {} });
    await fake.pass(1);
    const before = asked;
    const again = await start();
    expect(again.snapshot().state.procedures?.procedures).toMatchObject([{ id: 'lab' }]);
    fake.last().events.opened();
    await settle();
    fake.last().tell({ subscribe: { synced: true, ...life, proceduresVersion: '7' } });
    await fake.pass(1);
    expect(asked).toBe(before);
  });

  it('says after a restart what is on disk', async () => {
    await start();
    await accept();
    await start();
    fake.last().events.opened();
    await settle();
    expect(fake.last().sent[0]?.subscribe).toMatchObject({
      known: [{ alertId: 'A1', version: '10' }],
      maxSeenSequence: '10',
    });
  });

  it('says of which log and which life of it the sequence is', async () => {
    await start();
    await accept();
    await start();
    fake.last().events.opened();
    await settle();
    expect(fake.last().sent[0]?.subscribe).toMatchObject({
      maxSeenSequence: '10',
      maxSeenLogId: 'log-a',
      maxSeenGeneration: '1',
    });
  });

  it('tells a new generation again, also one that begins while it is connected', async () => {
    const station = await start();
    const socket = await accept();
    await confirm(socket);
    await pressAnswer(station, 'A1', '4w', answer);
    await confirm(socket, 1);
    const before = reportsOf(socket).length;
    life = { logId: 'log-a', generation: '1763800000' };
    const restored = alertOf({ generation: '1763800000', version: '4' });
    socket.tell({ subscribe: { ...life, alerts: [{ alert: restored }], sequence: '4' } });
    await fake.pass(1_000);
    expect(station.snapshot().life).toEqual({ logId: 'log-a', generation: 1763800000n });
    expect(station.snapshot().state.held.get('A1')?.alert.version).toBe('4');
    const again = reportsOf(socket).slice(before);
    expect(again.flatMap((frame) => frame.report?.acknowledgements ?? [])).toMatchObject([
      { alertId: 'A1', wardId: '4w', generation: '1' },
    ]);
    socket.tell({ subscribe: { sequence: '5' } });
    await fake.pass(1);
    expect(station.snapshot().state.log?.generation).toBe(1763800000n);
  });

  it('waits as long as a busy broker says', async () => {
    const station = await start();
    const socket = await accept();
    await confirm(socket);
    const before = reportsOf(socket).length;
    await pressAnswer(station, 'A1', '4w', answer);
    const asked = reportsOf(socket).at(-1)?.requestId ?? '';
    socket.tell({
      requestId: asked,
      error: { code: 'resource_exhausted', message: 'full', retryAfter: '5s' },
    });
    await fake.pass(4_900);
    expect(reportsOf(socket)).toHaveLength(before + 1);
    await fake.pass(4_000);
    expect(reportsOf(socket)).toHaveLength(before + 2);
  });

  it('keeps a press through a lost connection and a reload, and sends it once it is back', async () => {
    const first = await start();
    const socket = await accept();
    await confirm(socket);
    socket.events.gone(1006);
    await pressAnswer(first, 'A1', '4w', answer);
    expect(reportsOf(socket)).toHaveLength(1);
    expect([...disk.outbox.values()].filter((item) => item.body.case === 'press')).toMatchObject([
      { delivery: { case: 'waiting' } },
    ]);
    const second = await start();
    const back = await accept();
    const sent = reportsOf(back).flatMap((frame) => frame.report?.acknowledgements ?? []);
    expect(sent).toMatchObject([
      { alertId: 'A1', wardId: '4w', response: 'PROCEDURE_STARTED', round: 1 },
    ]);
    await confirm(back);
    const press = [...second.snapshot().outbox.values()].find((item) => item.body.case === 'press');
    expect(press?.delivery).toEqual({ case: 'confirmed', life: 'log-a/1' });
    await fake.pass(60_000);
    expect(reportsOf(back)).toHaveLength(1);
  });

  it('sends again with the same id when no answer comes', async () => {
    const station = await start();
    const socket = await accept();
    await confirm(socket);
    await pressAnswer(station, 'A1', '4w', answer);
    await fake.pass(16_000);
    const ids = reportsOf(socket)
      .slice(1)
      .flatMap((frame) => frame.report?.acknowledgements ?? [])
      .map((each) => each.id);
    expect(ids.length).toBe(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('finds the one report that the broker calls malformed, and sends the others', async () => {
    const station = await start();
    const socket = await accept();
    await confirm(socket);
    socket.events.gone(1006);
    await pressAnswer(station, 'A1', '4w', answer);
    await pressSeen(station, 'A1', '4w');
    await fake.pass(1_000);
    const back = await accept();
    const refuse = async (index: number) => {
      const frame = reportsOf(back)[index];
      back.tell({
        requestId: frame?.requestId ?? '',
        error: { code: 'invalid_argument', message: 'bad ward' },
      });
      await fake.pass(1);
    };
    await refuse(0); // both
    await refuse(1); // the press alone
    await confirm(back, 2); // the receipt alone
    expect(
      [...station.snapshot().outbox.values()].map((item) => item.delivery.case).sort(),
    ).toEqual(['confirmed', 'confirmed', 'refused']);
  });

  it('keeps a press in the tab when the disk fails, and says so', async () => {
    const station = await start();
    const socket = await accept();
    await confirm(socket);
    disk.broken = true;
    await pressAnswer(station, 'A1', '4w', answer);
    expect(station.snapshot().diskBroken).toBe(true);
    expect(reportsOf(socket)).toHaveLength(2);
  });

  it('shows a notice, and reports it as delivered, once it is on disk and not before', async () => {
    disk.hanging = [];
    const station = await start();
    const socket = await accept();
    await fake.pass(1_000);
    expect(station.snapshot()).toMatchObject({ contact: { case: 'live' }, syncedOnce: false });
    expect(station.snapshot().state.held.size).toBe(0);
    expect(reportsOf(socket)).toHaveLength(0);
    disk.answer();
    await settle();
    expect(station.snapshot().syncedOnce).toBe(true);
    expect([...station.snapshot().state.held.keys()]).toEqual(['A1']);
    expect(reportsOf(socket)[0]?.report?.receipts).toMatchObject([{ kind: 'DELIVERED' }]);
  });

  it('shows a press, and sends it, once it is on disk and not before', async () => {
    const station = await start();
    const socket = await accept();
    await confirm(socket);
    disk.hanging = [];
    void pressAnswer(station, 'A1', '4w', answer);
    await fake.pass(1_000);
    const presses = () =>
      [...station.snapshot().outbox.values()].filter((item) => item.body.case === 'press');
    expect(presses()).toHaveLength(0);
    expect(reportsOf(socket)).toHaveLength(1);
    disk.answer();
    await settle();
    expect(presses()).toHaveLength(1);
    expect(reportsOf(socket)).toHaveLength(2);
  });

  it('asks the disk to keep a press at once, also while it is busy with something else', async () => {
    const station = await start();
    const socket = await accept();
    await confirm(socket);
    const asked: (() => void)[] = [];
    disk.hanging = asked;
    socket.tell({ subscribe: { sequence: '11', settingsVersion: '1' } });
    void pressAnswer(station, 'A1', '4w', answer);
    await settle();
    expect(asked).toHaveLength(2);
  });

  it('connects also if the disk hangs at the start, and sends what it says later', async () => {
    const earlier = await start();
    await confirm(await accept());
    await pressAnswer(earlier, 'A1', '4w', answer);
    let answered = () => {};
    disk.loading = new Promise((done) => {
      answered = done;
    });
    const sockets = fake.sockets.length;
    const station = new Station(fake.browser(), disk, pc, true);
    void station.start();
    await fake.pass(1_900);
    expect(fake.sockets).toHaveLength(sockets);
    await fake.pass(200);
    const socket = await accept();
    expect(station.snapshot()).toMatchObject({ syncedOnce: true });
    expect(station.snapshot().state.held.size).toBe(1);
    await confirm(socket);
    answered();
    await fake.pass(1);
    expect(reportsOf(socket).at(-1)?.report?.acknowledgements).toMatchObject([{ alertId: 'A1' }]);
  });

  it('does not keep a notice from people because the disk hangs, and says so', async () => {
    disk.hanging = [];
    const station = await start();
    const socket = await accept();
    await fake.pass(2_000);
    expect([...station.snapshot().state.held.keys()]).toEqual(['A1']);
    expect(station.snapshot()).toMatchObject({ syncedOnce: true, diskBroken: true });
    expect(reportsOf(socket)).toHaveLength(1);
    // The next ones do not wait for it.
    socket.tell({ subscribe: { alerts: [{ alert: alertOf({ id: 'A2' }) }], sequence: '11' } });
    await fake.pass(1);
    expect([...station.snapshot().state.held.keys()]).toEqual(['A1', 'A2']);
    disk.answer();
    await fake.pass(1_000);
    expect(station.snapshot().diskBroken).toBe(false);
    expect(disk.state.held.size).toBe(2);
  });

  it('says lost after 45 silent seconds, and reconnects by itself', async () => {
    const station = await start();
    await accept();
    await fake.pass(44_000);
    expect(station.snapshot().contact.case).toBe('live');
    await fake.pass(7_000);
    expect(station.snapshot().contact.case).toBe('lost');
    expect(station.snapshot().heardAt).toBe(noon);
    expect(fake.sockets.length).toBeGreaterThan(1);
    await accept([], '10');
    expect(station.snapshot().contact.case).toBe('live');
  });

  it('never reports from a wall', async () => {
    const station = await start(false);
    const socket = await accept();
    await pressAnswer(station, 'A1', '4w', answer);
    await fake.pass(10_000);
    expect(reportsOf(socket)).toHaveLength(0);
    expect(disk.outbox.size).toBe(0);
  });
});
