import type { Browser, SocketEvents } from '../src/browser.ts';
import type { ClientFrameJson, ServerFrameJson } from '../src/gen/wardcast/v1/live_pb.ts';
import type { EndpointDisk } from '../src/state/endpoint/endpoint_disk.ts';
import { type EndpointState, emptyState } from '../src/state/endpoint/held.ts';
import type { Outbox } from '../src/state/endpoint/outbox.ts';

// One socket as the broker's side sees it.
export class FakeSocket {
  readonly sent: ClientFrameJson[] = [];
  constructor(readonly events: SocketEvents) {}
  tell(frame: ServerFrameJson): void {
    this.events.text(JSON.stringify(frame));
  }
}

// A call as the broker gets it.
export interface Sent {
  headers: Headers;
  body: Record<string, unknown>;
}

// An answer that is an error.
export function refusal(status: number, code: string, message = ''): Response {
  return new Response(JSON.stringify({ code, message }), { status });
}

// A browser whose clock stands still until told, and whose broker is played by the test.
export class FakeBrowser {
  time = 0;
  calls: Record<string, (sent: Sent) => object> = {};
  origin = 'http://broker';
  address = '';
  readonly keptTexts = new Map<string, string>();
  readonly sockets: FakeSocket[] = [];
  private readonly timers: { every: number; next: number; run: () => void }[] = [];
  private wakes: (() => void)[] = [];
  // The page is closed.
  leave: () => void = () => {};
  // Somebody presses or moves something.
  use: () => void = () => {};

  browser(): Browser {
    const nothing = { get: () => null, set: () => {}, remove: () => {} };
    return {
      origin: this.origin,
      fetch: async (path, init) => {
        const answer = this.calls[path];
        if (answer === undefined) throw new TypeError('Failed to fetch');
        const said = answer({
          headers: new Headers(init.headers),
          body: JSON.parse(String(init.body)) as Record<string, unknown>,
        });
        return said instanceof Response
          ? said
          : new Response(JSON.stringify(said), { status: 200 });
      },
      openSocket: (_path, _protocol, events) => {
        const socket = new FakeSocket(events);
        this.sockets.push(socket);
        return {
          send: (text) => socket.sent.push(JSON.parse(text) as ClientFrameJson),
          close: () => {},
        };
      },
      indexedDb: undefined,
      monotonic: () => this.time,
      ownClock: () => 1_000_000 + this.time,
      random: () => 0,
      randomBytes: (count) => {
        this.bytes += 1;
        return new Uint8Array(count).fill(0).with(count - 1, this.bytes % 256);
      },
      after: (ms, run) => this.timer(Number.POSITIVE_INFINITY, ms, run),
      every: (ms, run) => this.timer(ms, ms, run),
      visible: () => true,
      onVisibility: () => () => {},
      onLeave: (run) => {
        this.leave = run;
        return () => {};
      },
      onWake: (run) => {
        this.wakes.push(run);
        return () => {
          this.wakes = this.wakes.filter((each) => each !== run);
        };
      },
      onUse: (run) => {
        this.use = run;
        return () => {
          this.use = () => {};
        };
      },
      afterPaint: (run) => {
        run();
        return () => {};
      },
      onIntersect: () => () => {},
      session: nothing,
      kept: {
        get: (key) => this.keptTexts.get(key) ?? null,
        set: (key, value) => void this.keptTexts.set(key, value),
        remove: (key) => void this.keptTexts.delete(key),
      },
      fragment: () => this.address,
      setFragment: (fragment) => {
        this.address = fragment;
      },
      setTitle: () => {},
      styleNonce: () => '',
      root: () => {
        throw new Error('nothing is rendered here');
      },
      keepPage: () => {},
      onFragment: () => () => {},
      reload: () => {},
      copy: async () => false,
      saveFile: () => {},
      platform: 'test',
      language: 'en',
    };
  }

  private bytes = 0;

  private timer(every: number, first: number, run: () => void): () => void {
    const timer = { every, next: this.time + first, run };
    this.timers.push(timer);
    return () => {
      timer.next = Number.POSITIVE_INFINITY;
    };
  }

  // Lets time pass, and everything that waits for it happen.
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      await settle();
      const due = this.timers
        .filter((timer) => timer.next <= end)
        .sort((a, b) => a.next - b.next)[0];
      if (due === undefined) break;
      this.time = Math.max(this.time, due.next);
      due.next += due.every;
      due.run();
    }
    this.time = end;
    await settle();
  }

  last(): FakeSocket {
    const socket = this.sockets[this.sockets.length - 1];
    if (socket === undefined) throw new Error('no socket was opened');
    return socket;
  }
}

// Lets every promise that is already settled run on.
export async function settle(): Promise<void> {
  for (let i = 0; i < 40; i += 1) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
}

// A disk that can be told to fail or to hang, and outlives a station.
export class FakeDisk implements EndpointDisk {
  state: EndpointState = emptyState;
  outbox: Outbox = new Map();
  broken = false;
  // Commits that were asked for and wait for `answer`; null: each is done at once.
  hanging: (() => void)[] | null = null;

  // What `load` waits for.
  loading: Promise<void> = Promise.resolve();

  async load() {
    await this.loading;
    return { state: this.state, outbox: this.outbox };
  }

  async commit(_endpointId: string, change: Parameters<EndpointDisk['commit']>[1]): Promise<void> {
    const { hanging } = this;
    if (hanging !== null) await new Promise<void>((done) => hanging.push(done));
    if (this.broken) throw new Error('disk full');
    const held = new Map(this.state.held);
    for (const each of change.put) held.set(each.alert.id ?? '', each);
    for (const id of change.drop) held.delete(id);
    this.state = { ...this.state, ...change.facts, held };
    const outbox = new Map(this.outbox);
    for (const item of change.reports) outbox.set(item.id, item);
    for (const id of change.dropReports) outbox.delete(id);
    this.outbox = outbox;
  }

  // Does what was asked for since it hangs.
  answer(): void {
    for (const done of this.hanging?.splice(0) ?? []) done();
  }
}
