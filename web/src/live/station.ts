import { getProcedures, getSettings } from '../api/endpoint_calls.ts';
import type { Browser } from '../browser.ts';
import type { SubscribeResponseJson } from '../gen/wardcast/v1/endpoint_service_pb.ts';
import type { ClientFrameJson, ServerFrameJson } from '../gen/wardcast/v1/live_pb.ts';
import { apply, known } from '../state/endpoint/apply.ts';
import type { EndpointDisk } from '../state/endpoint/endpoint_disk.ts';
import {
  type EndpointId,
  type EndpointState,
  type LogLife,
  lifeOf,
} from '../state/endpoint/held.ts';
import { forgettable } from '../state/endpoint/inbox.ts';
import type { Outbox, OutboxItem } from '../state/endpoint/outbox.ts';
import { BrokerClock } from './broker_clock.ts';
import type { Contact } from './connection.ts';
import { Keeper } from './keeper.ts';
import { Link } from './link.ts';
import { watcherId } from './place.ts';
import { Reporter } from './reporter.ts';

// How the broker knows whose frames these are.
export interface Pass {
  // Sent with each frame and call; empty in plain text on this machine.
  token: string;
  // A person looks on: this is no endpoint, and shows what every ward gets.
  watcher: boolean;
  // The broker closed for good: it does not know this any more.
  denied(): void;
}

const noPass: Pass = { token: '', watcher: false, denied: () => {} };

export interface StationView {
  endpointId: EndpointId;
  watcher: boolean;
  state: EndpointState;
  outbox: Outbox;
  contact: Contact;
  // The broker's time of the last word heard in this page's life or a former one; 0: never.
  heardAt: number;
  // Since this page started: what is held was complete once.
  syncedOnce: boolean;
  // The log of this broker; null: not known yet.
  life: LogLife | null;
  // The browser gave no durable storage: presses live in this tab only.
  diskBroken: boolean;
  now: number;
}

// One endpoint of this browser: holds what the broker told, keeps what was pressed, and keeps
// telling. `reports: false` (walls) never sends a report.
export class Station {
  private life: LogLife | null = null;
  private view: StationView;
  private link: Link | null = null;
  private readonly listeners = new Set<() => void>();
  private settingsAsked = '';
  private proceduresAsked = '';
  readonly clock: BrokerClock;
  private readonly keeper: Keeper;
  private readonly reporter: Reporter;
  private readonly reports: boolean;
  private readonly stops: (() => void)[] = [];
  private stopped = false;

  constructor(
    readonly browser: Browser,
    disk: EndpointDisk,
    readonly endpointId: EndpointId,
    reports: boolean,
    private readonly pass: Pass = noPass,
  ) {
    this.reports = reports && !pass.watcher;
    this.clock = new BrokerClock(browser.monotonic, browser.ownClock);
    // What all wards get is not mixed with what this PC holds.
    const onDisk = pass.watcher ? watcherId : endpointId;
    this.keeper = new Keeper(browser, disk, onDisk, () => {
      this.tell();
      this.reporter.flush();
    });
    this.reporter = new Reporter(browser, endpointId, {
      outbox: () => this.keeper.newest.outbox,
      sendable: () => this.keeper.sendable(),
      life: () => (this.link?.connection.phase.case === 'live' ? this.life : null),
      now: () => this.clock.now(),
      send: (frame) => this.link?.send(this.signed(frame)),
      settled: (items) => this.keep(items, (state) => state),
    });
    this.view = this.look();
  }

  // Loads what is on disk, then connects. Call once.
  async start(): Promise<void> {
    await this.keeper.load();
    if (this.stopped) return;
    this.link = new Link(this.browser, {
      hello: () => this.signed(this.hello()),
      frame: (frame) => this.take(frame),
      denied: () => {
        this.tell();
        this.pass.denied();
      },
      changed: () => this.tell(),
    });
    if (this.reports) this.stops.push(this.browser.onLeave(() => this.reporter.sayGoodbye()));
    this.stops.push(
      this.browser.every(1_000, () => {
        this.reporter.tick();
        this.tell();
      }),
    );
    this.tell();
  }

  // What is on disk stays there, for who comes next under this name.
  stop(): void {
    this.stopped = true;
    for (const stop of this.stops.splice(0)) stop();
    this.link?.stop();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): StationView => this.view;

  // Keeps reports, and changes the state with them; resolves when that is on disk. Only then is it
  // shown. If the disk fails it is kept in this tab, shown as not confirmed, and sent all the same.
  keep(items: OutboxItem[], marks: (state: EndpointState) => EndpointState): Promise<void> {
    const { state, outbox } = this.keeper.newest;
    return this.keeper.change({
      state: marks(state),
      outbox: this.reports ? withItems(outbox, items) : outbox,
    });
  }

  newId(): string {
    return this.reporter.newId();
  }

  currentState(): EndpointState {
    return this.keeper.newest.state;
  }

  currentOutbox(): Outbox {
    return this.keeper.newest.outbox;
  }

  private signed(frame: ClientFrameJson): ClientFrameJson {
    return this.pass.token === '' ? frame : { ...frame, token: this.pass.token };
  }

  private hello(): ClientFrameJson {
    const { state } = this.keeper.newest;
    return {
      subscribe: {
        endpoint: {
          id: this.endpointId,
          host: this.endpointId,
          screens: 1,
          agentVersion: 'web 0.1.0',
          os: this.browser.platform,
          clock: new Date(this.browser.ownClock()).toISOString(),
          ...(this.pass.watcher ? { watcher: true } : {}),
        },
        known: known(state),
        // A sequence says something only to a broker of that log, and of that life of it.
        maxSeenSequence: String(state.sequence),
        maxSeenLogId: state.log?.logId ?? '',
        maxSeenGeneration: String(state.log?.generation ?? 0n),
      },
    };
  }

  private take(frame: ServerFrameJson): boolean {
    if (frame.report !== undefined || frame.error !== undefined) this.reporter.answer(frame);
    const message = frame.subscribe;
    if (message === undefined) return false;
    // Any message may say that the log has begun a new life, as after a restore.
    this.life = lifeOf(message) ?? this.life;
    if (this.life === null) return false;
    this.clock.hear(message.serverTime);
    const before = this.keeper.newest;
    const state = this.pruned(apply(before.state, message, this.life));
    const synced = message.synced === true;
    void this.keeper.change({
      state,
      outbox: this.reports
        ? this.reporter.withDeliveries(state, before.outbox, message)
        : before.outbox,
      synced: synced || before.synced,
    });
    this.refreshSettings(message);
    this.refreshProcedures(message);
    return synced;
  }

  private pruned(state: EndpointState): EndpointState {
    const now = this.clock.now();
    const stale = [...state.held].filter(([, held]) => forgettable(held, now));
    if (stale.length === 0) return state;
    const held = new Map(state.held);
    for (const [id] of stale) held.delete(id);
    return { ...state, held };
  }

  private refreshSettings(message: SubscribeResponseJson): void {
    const version = `${this.life?.logId}/${message.settingsVersion ?? ''}`;
    if (version === this.settingsAsked) return;
    const { state } = this.keeper.newest;
    if (state.settings !== null && version === state.settingsVersion) return;
    this.settingsAsked = version;
    getSettings(this.browser, this.endpointId, this.pass.token).then(
      (settings) => this.keep([], (now) => ({ ...now, settings, settingsVersion: version })),
      () => {
        this.settingsAsked = ''; // The next heartbeat asks again.
      },
    );
  }

  // Of an endpoint's own ward; a wall has no room for them.
  private refreshProcedures(message: SubscribeResponseJson): void {
    const version = message.proceduresVersion ?? '0';
    const told = message.synced === true || version !== '0';
    const { procedures } = this.keeper.newest.state;
    if (!told || !this.reports || version === this.proceduresAsked) return;
    if (procedures !== null && (procedures.version ?? '0') === version) return;
    this.proceduresAsked = version;
    getProcedures(this.browser, this.endpointId, this.pass.token).then(
      (found) => this.keep([], (now) => ({ ...now, procedures: found })),
      () => {
        this.proceduresAsked = ''; // The next heartbeat asks again.
      },
    );
  }

  private look(): StationView {
    const { state, outbox, synced } = this.keeper.kept;
    const heard = this.link?.connection.heardAt ?? null;
    return {
      endpointId: this.endpointId,
      watcher: this.pass.watcher,
      state,
      outbox,
      contact: this.link?.contact() ?? { case: 'starting' },
      heardAt: heard === null ? state.heardAt : this.clock.at(heard),
      syncedOnce: synced,
      life: this.life,
      diskBroken: this.keeper.broken,
      now: this.clock.now(),
    };
  }

  private tell(): void {
    this.view = this.look();
    for (const listener of this.listeners) listener();
  }
}

function withItems(outbox: Outbox, items: readonly OutboxItem[]): Outbox {
  const next = new Map(outbox);
  for (const item of items) next.set(item.id, item);
  return next;
}
