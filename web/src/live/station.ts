import { getLogLife, getSettings } from '../api/open_calls.ts';
import type { Browser } from '../browser.ts';
import type { SubscribeResponseJson } from '../gen/wardcast/v1/endpoint_service_pb.ts';
import type { ClientFrameJson, ServerFrameJson } from '../gen/wardcast/v1/live_pb.ts';
import { apply, known } from '../state/endpoint/apply.ts';
import { difference, type EndpointDisk } from '../state/endpoint/endpoint_disk.ts';
import {
  type EndpointId,
  type EndpointState,
  emptyState,
  type LogLife,
  sameLife,
} from '../state/endpoint/held.ts';
import { forgettable } from '../state/endpoint/inbox.ts';
import { forgettableReports, type Outbox, type OutboxItem } from '../state/endpoint/outbox.ts';
import { BrokerClock } from './broker_clock.ts';
import type { Contact } from './connection.ts';
import { Link } from './link.ts';
import { Reporter } from './reporter.ts';

export interface StationView {
  endpointId: EndpointId;
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
  private state: EndpointState = emptyState;
  private outbox: Outbox = new Map();
  private life: LogLife | null = null;
  private syncedOnce = false;
  private diskBroken = false;
  private view: StationView;
  private link: Link | null = null;
  private readonly listeners = new Set<() => void>();
  private writing: Promise<void> = Promise.resolve();
  private settingsAsked = '';
  readonly clock: BrokerClock;
  private readonly reporter: Reporter;

  constructor(
    readonly browser: Browser,
    private readonly disk: EndpointDisk,
    readonly endpointId: EndpointId,
    private readonly reports: boolean,
  ) {
    this.clock = new BrokerClock(browser.monotonic, browser.ownClock);
    this.reporter = new Reporter(browser, endpointId, {
      outbox: () => this.outbox,
      life: () => (this.link?.connection.phase.case === 'live' ? this.life : null),
      now: () => this.clock.now(),
      send: (frame) => this.link?.send(frame),
      settled: (items) => this.change(this.state, withItems(this.outbox, items)),
    });
    this.view = this.look();
  }

  // Loads what is on disk, then connects. Call once.
  async start(): Promise<void> {
    try {
      const kept = await this.disk.load(this.endpointId);
      this.state = kept.state;
      this.outbox = kept.outbox;
    } catch {
      this.diskBroken = true;
    }
    this.link = new Link(this.browser, {
      hello: () => this.hello(),
      frame: (frame) => this.take(frame),
      denied: () => this.tell(),
      changed: () => this.tell(),
    });
    this.browser.every(1_000, () => {
      this.reporter.tick();
      this.tell();
    });
    this.tell();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): StationView => this.view;

  // Keeps reports, and changes the state with them; resolves when that is on disk. Only then is it
  // shown. If the disk fails it is kept in this tab, shown as not confirmed, and sent all the same.
  async keep(items: OutboxItem[], marks: (state: EndpointState) => EndpointState): Promise<void> {
    await this.change(marks(this.state), withItems(this.outbox, this.reports ? items : []));
    this.reporter.flush();
  }

  newId(): string {
    return this.reporter.newId();
  }

  currentState(): EndpointState {
    return this.state;
  }

  currentOutbox(): Outbox {
    return this.outbox;
  }

  private async hello(): Promise<ClientFrameJson> {
    const life = await getLogLife(this.browser);
    this.life = life;
    // A sequence of another log, or of another life of it, says nothing to this broker.
    const mine = sameLife(this.state.log, life);
    return {
      subscribe: {
        endpoint: {
          id: this.endpointId,
          host: this.endpointId,
          screens: 1,
          agentVersion: 'web 0.1.0',
          os: this.browser.platform,
          clock: new Date(this.browser.ownClock()).toISOString(),
        },
        known: known(this.state),
        maxSeenSequence: mine ? String(this.state.sequence) : '0',
      },
    };
  }

  private take(frame: ServerFrameJson): boolean {
    if (frame.report !== undefined || frame.error !== undefined) this.reporter.answer(frame);
    const message = frame.subscribe;
    if (message === undefined || this.life === null) return false;
    this.clock.hear(message.serverTime);
    const state = this.pruned(apply(this.state, message, this.life));
    void this.change(state, this.reporter.withDeliveries(state, this.outbox, message));
    this.refreshSettings(message);
    if (message.synced === true) {
      this.syncedOnce = true;
      // After the link has become live.
      this.browser.after(0, () => this.reporter.flush());
    } else {
      this.reporter.flush();
    }
    return message.synced === true;
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
    if (this.state.settings !== null && version === this.state.settingsVersion) return;
    this.settingsAsked = version;
    getSettings(this.browser, this.endpointId).then(
      (settings) => this.change({ ...this.state, settings, settingsVersion: version }, this.outbox),
      () => {
        this.settingsAsked = ''; // The next heartbeat asks again.
      },
    );
  }

  // Commits the difference, then shows it. Changes are committed in the order in which they come.
  private change(state: EndpointState, outbox: Outbox): Promise<void> {
    const merged = this.reports ? outbox : this.outbox;
    const change = difference(
      { state: this.state, outbox: this.outbox },
      { state, outbox: merged },
    );
    for (const id of forgettableReports(merged, state)) change.dropReports.push(id);
    this.state = state;
    this.outbox = without(merged, change.dropReports);
    this.writing = this.writing
      .then(() => this.disk.commit(this.endpointId, change))
      .then(
        () => {
          this.diskBroken = false;
        },
        () => {
          this.diskBroken = true;
        },
      )
      .then(() => this.tell());
    return this.writing;
  }

  private look(): StationView {
    const heard = this.link?.connection.heardAt ?? null;
    return {
      endpointId: this.endpointId,
      state: this.state,
      outbox: this.outbox,
      contact: this.link?.contact() ?? { case: 'starting' },
      heardAt: heard === null ? this.state.heardAt : this.clock.at(heard),
      syncedOnce: this.syncedOnce,
      life: this.life,
      diskBroken: this.diskBroken,
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

function without(outbox: Outbox, ids: readonly string[]): Outbox {
  if (ids.length === 0) return outbox;
  const next = new Map(outbox);
  for (const id of ids) next.delete(id);
  return next;
}
