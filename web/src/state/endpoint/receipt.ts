import type { Receipt_Kind_ValueJson } from '../../gen/wardcast/v1/endpoint_service_pb.ts';
import { type HeldAlert, roundFor } from './held.ts';
import { hasReceipt, type Outbox, type OutboxItem } from './outbox.ts';

// A receipt about the round that counts for this ward now, or null if there is one already.
export function receiptOnce(
  id: string,
  endpointId: string,
  held: HeldAlert,
  wardId: string,
  kind: Receipt_Kind_ValueJson,
  outbox: Outbox,
  now: number,
): OutboxItem | null {
  const { alert } = held;
  const round = roundFor(alert, wardId);
  const receipt = {
    id,
    alertId: alert.id ?? '',
    logId: alert.logId ?? '',
    generation: alert.generation ?? '0',
    round,
    kind,
    at: new Date(now).toISOString(),
  };
  if (hasReceipt(outbox, receipt)) return null;
  return {
    id,
    endpointId,
    alertId: receipt.alertId,
    round,
    body: { case: 'receipt', receipt },
    delivery: { case: 'waiting' },
  };
}
