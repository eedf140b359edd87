import type { Browser } from '../browser.ts';
import { type DiskChange, difference, type EndpointDisk } from '../state/endpoint/endpoint_disk.ts';
import { type EndpointId, type EndpointState, emptyState } from '../state/endpoint/held.ts';
import { forgettableReports, type Outbox } from '../state/endpoint/outbox.ts';

// A disk that has not answered for so long does not hold a notice back any longer.
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

  // Call once, before anything is changed.
  async load(): Promise<void> {
    try {
      this.newest = { ...this.newest, ...(await this.disk.load(this.endpointId)) };
      this.kept = this.newest;
    } catch {
      this.broken = true;
    }
  }

  // Asks the disk for the difference at once: the page may be left in the next moment. Resolves when
  // it is kept, in the order of the calls.
  change(part: Partial<Holdings>): Promise<void> {
    const next = { ...this.newest, ...part };
    const change = difference(this.newest, next);
    for (const id of forgettableReports(next.outbox, next.state)) change.dropReports.push(id);
    next.outbox = without(next.outbox, change.dropReports);
    this.newest = next;
    const written = this.write(change);
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

  // Resolves when the change is on disk or the disk has failed. One that hangs is waited for once, and
  // believed again when it answers.
  private write(change: DiskChange): Promise<void> {
    return new Promise((resolve) => {
      const end = (broken: boolean) => {
        this.broken = broken;
        resolve();
      };
      const stop = this.browser.after(this.broken ? 0 : diskLimit, () => end(true));
      this.disk
        .commit(this.endpointId, change)
        .then(
          () => end(false),
          () => end(true),
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
