import type { Station } from '../../live/station.ts';
import { roundFor } from '../../state/endpoint/held.ts';
import { changeMarks } from '../../state/endpoint/marks.ts';
import { receiptOnce } from '../../state/endpoint/receipt.ts';

// "Seen": somebody looked here. Says nothing about the ward.
export function pressSeen(station: Station, alertId: string, wardId: string): Promise<void> {
  const held = station.currentState().held.get(alertId);
  if (held === undefined) return Promise.resolve();
  const round = roundFor(held.alert, wardId);
  const receipt = receiptOnce(
    station.newId(),
    station.endpointId,
    held,
    wardId,
    'SEEN',
    station.currentOutbox(),
    station.clock.now(),
  );
  return station.keep(receipt === null ? [] : [receipt], (state) =>
    changeMarks(state, alertId, (marks) => ({
      ...marks,
      displayed: Math.max(marks.displayed, round),
      seen: Math.max(marks.seen, round),
    })),
  );
}
