import type { Browser } from '../browser.ts';
import type { SubscribeResponseJson } from '../gen/wardcast/v1/endpoint_service_pb.ts';
import type { ClientFrameJson, ServerFrameJson } from '../gen/wardcast/v1/live_pb.ts';
import type { EndpointState, LogLife } from '../state/endpoint/held.ts';
import {
  type Outbox,
  type OutboxItem,
  reportOf,
  settle,
  toSend,
} from '../state/endpoint/outbox.ts';
import { receiptOnce } from '../state/endpoint/receipt.ts';
import { ulid } from '../state/ulid.ts';
import { milliseconds } from './link.ts';

// A report that is not answered within this is sent again; the broker counts it once.
const answerLimit = 15_000;
// After an error that is not about the report, if the broker does not say how long to wait.
const busyPause = 1_000;

interface Surroundings {
  outbox(): Outbox;
  // What of it is on disk: nothing is sent before.
  sendable(): Outbox;
  // The log of the broker that is connected and synced; null: nothing can be sent.
  life(): LogLife | null;
  now(): number;
  send(frame: ClientFrameJson): void;
  settled(items: OutboxItem[]): void;
}

interface UnderWay {
  requestId: string;
  ids: string[];
  life: LogLife;
  sentAt: number;
}

// Sends what is in the outbox, one report at a time, until the broker has confirmed it.
export class Reporter {
  private underWay: UnderWay | null = null;
  // After an error that names no item: send them one by one to find the one that is refused.
  private single = false;
  private pauseUntil = 0;

  constructor(
    private readonly browser: Browser,
    private readonly endpointId: string,
    private readonly around: Surroundings,
  ) {}

  // The outbox with DELIVERED for every open alert that has just been applied.
  withDeliveries(state: EndpointState, outbox: Outbox, message: SubscribeResponseJson): Outbox {
    let next = outbox;
    for (const { alert } of message.alerts ?? []) {
      const held = state.held.get(alert?.id ?? '');
      if (held === undefined || held.alert.state === 'CLOSED') continue;
      const wardId = state.settings?.ward?.id ?? '';
      const item = receiptOnce(
        this.newId(),
        this.endpointId,
        held,
        wardId,
        'DELIVERED',
        next,
        this.around.now(),
      );
      if (item !== null) next = new Map(next).set(item.id, item);
    }
    return next;
  }

  newId(): string {
    return ulid(this.around.now(), this.browser.randomBytes(10));
  }

  // The page goes: until it is back it is off, not lost. Nobody waits for the answer.
  sayGoodbye(): void {
    if (this.around.life() === null) return;
    this.around.send({
      requestId: this.newId(),
      report: { endpointId: this.endpointId, goodbye: true },
    });
  }

  tick(): void {
    if (this.around.life() === null) {
      this.underWay = null;
    } else if (
      this.underWay !== null &&
      this.browser.monotonic() - this.underWay.sentAt > answerLimit
    ) {
      this.underWay = null;
    }
    this.flush();
  }

  flush(): void {
    const life = this.around.life();
    if (life === null || this.underWay !== null) return;
    if (this.browser.monotonic() < this.pauseUntil) return;
    const due = toSend(this.around.sendable(), life, this.around.now());
    const items = this.single ? due.slice(0, 1) : due;
    if (items.length === 0) {
      this.single = false;
      return;
    }
    const requestId = this.newId();
    this.underWay = {
      requestId,
      ids: items.map((item) => item.id),
      life,
      sentAt: this.browser.monotonic(),
    };
    this.around.send({ requestId, report: reportOf(this.endpointId, items) });
  }

  answer(frame: ServerFrameJson): void {
    const asked = this.underWay;
    if (asked === null || frame.requestId !== asked.requestId) return;
    this.underWay = null;
    if (frame.report !== undefined) {
      this.around.settled(
        settle(this.around.outbox(), frame.report, asked.life, this.around.now()),
      );
    } else if (frame.error?.code === 'invalid_argument') {
      this.refuse(asked, frame.error.message ?? 'not accepted');
    } else {
      // The broker is busy: later, and not all at once.
      const told = milliseconds(frame.error?.retryAfter ?? '') || busyPause;
      this.pauseUntil = this.browser.monotonic() + told + this.browser.random() * busyPause;
    }
    this.flush();
  }

  // One report among several is malformed: find it. Alone: it is the one.
  private refuse(asked: UnderWay, reason: string): void {
    if (asked.ids.length > 1) {
      this.single = true;
      return;
    }
    const refused = asked.ids.map((id) => ({ id, reason, retry: false }));
    const now = this.around.now();
    this.around.settled(settle(this.around.outbox(), { refused }, asked.life, now));
  }
}
