import type { Station } from '../../live/station.ts';
import { roundFor } from '../../state/endpoint/held.ts';
import { changeMarks } from '../../state/endpoint/marks.ts';
import { receiptOnce } from '../../state/endpoint/receipt.ts';

// The notice was painted on a visible page in the round that counts now.
export function noteDisplayed(station: Station, alertId: string, wardId: string): void {
  const held = station.currentState().held.get(alertId);
  if (held === undefined) return;
  const round = roundFor(held.alert, wardId);
  const receipt = receiptOnce(
    station.newId(),
    station.endpointId,
    held,
    wardId,
    'DISPLAYED',
    station.currentOutbox(),
    station.clock.now(),
  );
  if (receipt === null && held.marks.displayed >= round) return;
  void station.keep(receipt === null ? [] : [receipt], (state) =>
    changeMarks(state, alertId, (marks) => ({
      ...marks,
      displayed: Math.max(marks.displayed, round),
    })),
  );
}
