import type { EndpointState, HeldAlert } from './held.ts';
import type { Outbox, OutboxItem } from './outbox.ts';

// What one commit changes: all of it or nothing is on disk afterwards.
export interface DiskChange {
  // Alerts to keep, and ids to forget.
  put: HeldAlert[];
  drop: string[];
  // The small facts, if they changed.
  facts: Omit<EndpointState, 'held'> | null;
  reports: OutboxItem[];
  dropReports: string[];
}

// Where an endpoint of this browser keeps what must survive a reload.
export interface EndpointDisk {
  // What was kept for this endpoint. Rejects if the browser gives no storage.
  load(endpointId: string): Promise<{ state: EndpointState; outbox: Outbox }>;
  // Resolves when the change is durable; rejects if it is not, and then nothing of it is kept. Changes
  // are made in the order of the calls, which need not wait for each other; what was asked for is
  // kept even if the page is left before this resolves.
  commit(endpointId: string, change: DiskChange): Promise<void>;
}

export const noChange: DiskChange = {
  put: [],
  drop: [],
  facts: null,
  reports: [],
  dropReports: [],
};

// The difference between two states and two outboxes.
export function difference(
  before: { state: EndpointState; outbox: Outbox },
  after: { state: EndpointState; outbox: Outbox },
): DiskChange {
  const put = [...after.state.held].filter(([id, held]) => before.state.held.get(id) !== held);
  const drop = [...before.state.held.keys()].filter((id) => !after.state.held.has(id));
  const reports = [...after.outbox].filter(([id, item]) => before.outbox.get(id) !== item);
  const dropReports = [...before.outbox.keys()].filter((id) => !after.outbox.has(id));
  const { held: _, ...facts } = after.state;
  return {
    put: put.map(([, held]) => held),
    drop,
    facts: before.state === after.state ? null : facts,
    reports: reports.map(([, item]) => item),
    dropReports,
  };
}
