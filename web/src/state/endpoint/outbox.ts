import type {
  AcknowledgementJson,
  ReceiptJson,
  ReportRequestJson,
  ReportResponseJson,
} from '../../gen/wardcast/v1/endpoint_service_pb.ts';
import type { EndpointState, LogLife } from './held.ts';

// What became of one report. `confirmed` names the life of the log that has it: a new generation is
// told again.
export type Delivery =
  | { case: 'waiting' }
  | { case: 'later'; notBefore: number; reason: string }
  | { case: 'confirmed'; life: string }
  | { case: 'refused'; reason: string };

export interface OutboxItem {
  id: string;
  endpointId: string;
  alertId: string;
  round: number;
  body: { case: 'receipt'; receipt: ReceiptJson } | { case: 'press'; press: AcknowledgementJson };
  delivery: Delivery;
}

export type Outbox = ReadonlyMap<string, OutboxItem>;

// Far below the broker's limit of 1,000, so that a frame stays under 64 KiB.
const batchLimit = 100;
// A report refused with `retry` is sent again so long after.
const refusedPause = 30_000;
// An alert that no broker knows may come back (its log was restored, its broker is away) until it is
// no longer believed: 7 days, and one for clocks.
const refusedForGood = 8 * 24 * 3_600_000;

export function lifeKey(life: LogLife): string {
  return `${life.logId}/${life.generation}`;
}

// True if the same (alert, round, kind) is there already: the first time wins.
export function hasReceipt(outbox: Outbox, receipt: ReceiptJson): boolean {
  for (const item of outbox.values()) {
    if (
      item.body.case === 'receipt' &&
      item.alertId === receipt.alertId &&
      item.round === receipt.round &&
      item.body.receipt.kind === receipt.kind
    ) {
      return true;
    }
  }
  return false;
}

// What still has to be sent to the broker that serves `life`, presses before receipts, oldest first.
export function toSend(outbox: Outbox, life: LogLife, now: number): OutboxItem[] {
  const key = lifeKey(life);
  return [...outbox.values()]
    .filter((item) => isDue(item.delivery, key, now))
    .sort((a, b) => order(a) - order(b) || a.id.localeCompare(b.id))
    .slice(0, batchLimit);
}

function isDue(delivery: Delivery, life: string, now: number): boolean {
  switch (delivery.case) {
    case 'waiting':
      return true;
    case 'later':
      return now >= delivery.notBefore;
    case 'confirmed':
      return delivery.life !== life;
    case 'refused':
      return false;
  }
}

const order = (item: OutboxItem) => (item.body.case === 'press' ? 0 : 1);

export function reportOf(endpointId: string, items: readonly OutboxItem[]): ReportRequestJson {
  const report = {
    endpointId,
    receipts: [] as ReceiptJson[],
    acknowledgements: [] as AcknowledgementJson[],
  };
  for (const { body } of items) {
    if (body.case === 'receipt') report.receipts.push(body.receipt);
    else report.acknowledgements.push(body.press);
  }
  return report;
}

function happenedAt({ body }: OutboxItem): number {
  const at = Date.parse((body.case === 'press' ? body.press.pressedAt : body.receipt.at) ?? '');
  return Number.isNaN(at) ? 0 : at;
}

// The items that an answer changes, as they now are. What it does not name stays as it was, and is
// sent again.
export function settle(
  outbox: Outbox,
  response: ReportResponseJson,
  life: LogLife,
  now: number,
): OutboxItem[] {
  const changed: OutboxItem[] = [];
  for (const id of response.recordedIds ?? []) {
    const item = outbox.get(id);
    if (item !== undefined) {
      changed.push({ ...item, delivery: { case: 'confirmed', life: lifeKey(life) } });
    }
  }
  for (const refusal of response.refused ?? []) {
    const item = outbox.get(refusal.id ?? '');
    if (item === undefined) continue;
    const reason = refusal.reason ?? 'refused without a reason';
    changed.push({
      ...item,
      delivery:
        refusal.retry && now < happenedAt(item) + refusedForGood
          ? { case: 'later', notBefore: now + refusedPause, reason }
          : { case: 'refused', reason },
    });
  }
  return changed;
}

// Reports that nobody needs any longer: their alert is gone, and they were confirmed or refused; or
// it is closed, and they were confirmed.
export function forgettableReports(outbox: Outbox, state: EndpointState): string[] {
  const ids: string[] = [];
  for (const item of outbox.values()) {
    const done = item.delivery.case === 'confirmed' || item.delivery.case === 'refused';
    if (!done) continue;
    const held = state.held.get(item.alertId);
    const closed = held === undefined || held.alert.state === 'CLOSED';
    const shown = item.body.case === 'press' && held !== undefined;
    if (closed && !shown) ids.push(item.id);
  }
  return ids;
}
