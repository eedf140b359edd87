import type { Browser } from '../browser.ts';
import { difference, type EndpointDisk } from '../state/endpoint/endpoint_disk.ts';
import { type EndpointId, type EndpointState, emptyState } from '../state/endpoint/held.ts';
import { forgettableReports, type Outbox } from '../state/endpoint/outbox.ts';

// A disk that has not answered for so long does not hold the page or a notice back any longer.
const diskLimit = 2_000;

export interface Holdings {
  state: EndpointState;
  outbox: Outbox;
  // Since this page started: the state was complete once.
  synced: boolean;
}

// What one endpoint holds: the newest, which the disk gets at once, and what the disk has, which alone
// is shown and sent.
export class Keeper {
  newest: Holdings = { state: emptyState, outbox: new Map(), synced: false };
  // On disk; after a failure of the disk also what is in this tab only.
  kept: Holdings = this.newest;
  // The disk failed the last time, or has not answered yet.
  broken = false;
  private done: Promise<void> = Promise.resolve();

  constructor(
    private readonly browser: Browser,
    private readonly disk: EndpointDisk,
    private readonly endpointId: EndpointId,
    // `kept` is another.
    private readonly changed: () => void,
  ) {}

  // Call once, before anything is changed. From a disk that answers later than that come the reports:
  // what was pressed is sent, and the broker tells the rest anew.
  async load(): Promise<void> {
    const asked = this.disk.load(this.endpointId);
    const found = await this.inTime(asked);
    if (found === null) {
      asked.then(
        ({ outbox }) => this.change({ outbox: new Map([...outbox, ...this.newest.outbox]) }),
        () => {},
      );
      return;
    }
    this.newest = { ...this.newest, ...found };
    this.kept = this.newest;
  }

  // Asks the disk for the difference at once: the page may be left in the next moment. Resolves when
  // it is kept, in the order of the calls.
  change(part: Partial<Holdings>): Promise<void> {
    const next = { ...this.newest, ...part };
    const change = difference(this.newest, next);
    for (const id of forgettableReports(next.outbox, next.state)) change.dropReports.push(id);
    next.outbox = without(next.outbox, change.dropReports);
    this.newest = next;
    const written = this.inTime(this.disk.commit(this.endpointId, change));
    this.done = this.done
      .then(() => written)
      .then(() => {
        this.kept = next;
        this.changed();
      });
    return this.done;
  }

  // The newest of each report that is kept.
  sendable(): Outbox {
    const { newest, kept } = this;
    if (newest.outbox === kept.outbox) return newest.outbox;
    return new Map([...newest.outbox].filter(([id]) => kept.outbox.has(id)));
  }

  // What the disk answers; null if it has failed. One that hangs is waited for once, and believed
  // again when it answers.
  private inTime<T>(asked: Promise<T>): Promise<T | null> {
    return new Promise((resolve) => {
      const end = (answer: T | null, broken: boolean) => {
        this.broken = broken;
        resolve(answer);
      };
      const stop = this.browser.after(this.broken ? 0 : diskLimit, () => end(null, true));
      asked
        .then(
          (answer) => end(answer, false),
          () => end(null, true),
        )
        .then(stop);
    });
  }
}

function without(outbox: Outbox, ids: readonly string[]): Outbox {
  if (ids.length === 0) return outbox;
  const next = new Map(outbox);
  for (const id of ids) next.delete(id);
  return next;
}
