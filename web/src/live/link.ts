import type { Browser, TextSocket } from '../browser.ts';
import type { ClientFrameJson, ServerFrameJson } from '../gen/wardcast/v1/live_pb.ts';
import {
  type Connection,
  type ConnectionEvent,
  type Contact,
  contact,
  started,
  step,
} from './connection.ts';

const protocol = 'wardcast.v1.json';
const tickEvery = 1_000;

export interface LinkUser {
  // The socket is open: what to say first.
  hello(): ClientFrameJson;
  // A frame came. True: this was the first answer, what is held is complete.
  frame(frame: ServerFrameJson): boolean;
  // The broker closed with 4401 or 4403: the link has stopped.
  denied(code: number): void;
  // The connection may look different now (also once a second while it is not live).
  changed(): void;
}

// One WebSocket to the broker that comes back by itself. Everything about when is in connection.ts.
export class Link {
  connection: Connection;
  private socket: TextSocket | null = null;
  private readonly stops: (() => void)[] = [];
  private stopped = false;

  constructor(
    private readonly browser: Browser,
    private readonly user: LinkUser,
  ) {
    this.connection = started(browser.monotonic());
    this.stops.push(browser.every(tickEvery, () => this.on({ case: 'tick' })));
    this.stops.push(browser.onWake(() => this.on({ case: 'wake' })));
    this.open();
  }

  stop(): void {
    this.stopped = true;
    for (const stop of this.stops.splice(0)) stop();
    this.socket?.close();
    this.socket = null;
  }

  // Nothing happens while there is no socket: what matters is sent again after `hello`.
  send(frame: ClientFrameJson): void {
    this.socket?.send(JSON.stringify(frame));
  }

  contact(): Contact {
    if (this.stopped) return { case: 'lost' };
    return contact(this.connection, this.browser.monotonic());
  }

  private on(event: ConnectionEvent): void {
    if (this.stopped) return;
    const before = this.connection;
    this.connection = step(before, event, this.browser.monotonic(), this.browser.random());
    const { phase } = this.connection;
    if (phase.case === 'waiting') this.drop();
    if (phase.case === 'connecting' && phase !== before.phase) this.open();
    if (this.connection !== before || phase.case !== 'live') this.user.changed();
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private open(): void {
    this.drop();
    const socket = this.browser.openSocket('/ws', protocol, {
      opened: () => {
        if (this.socket !== socket) return;
        this.on({ case: 'opened' });
        this.send(this.user.hello());
      },
      text: (text) => {
        if (this.socket === socket) this.take(text);
      },
      gone: (code) => {
        if (this.socket !== socket) return;
        this.socket = null;
        if (code === 4401 || code === 4403) {
          this.stop();
          this.user.denied(code);
        } else {
          this.on({ case: 'lost' });
        }
      },
    });
    this.socket = socket;
  }

  private take(text: string): void {
    const frame = parse(text);
    if (frame === null) return;
    if (frame.retryAfter !== undefined) {
      this.on({ case: 'retryAfter', ms: milliseconds(frame.retryAfter) });
    }
    const synced = this.user.frame(frame);
    this.on({ case: synced ? 'synced' : 'heard' });
  }
}

// A frame that is no JSON object is dropped: the broker would be broken, and silence says so.
function parse(text: string): ServerFrameJson | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as ServerFrameJson) : null;
  } catch {
    return null;
  }
}

// A duration in proto3 JSON ("1.5s") as milliseconds.
export function milliseconds(text: string): number {
  const value = Number.parseFloat(text);
  return Number.isFinite(value) && value > 0 ? value * 1000 : 0;
}
