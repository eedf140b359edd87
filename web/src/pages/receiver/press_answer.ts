import type { Station } from '../../live/station.ts';
import { type Pressed, pressItem } from '../../state/endpoint/press.ts';

// An answer for the ward, a help request, or "Back-entry done". On disk when this resolves.
export function pressAnswer(
  station: Station,
  alertId: string,
  wardId: string,
  pressed: Pressed,
): Promise<void> {
  const held = station.currentState().held.get(alertId);
  if (held === undefined) return Promise.resolve();
  const item = pressItem(
    station.newId(),
    station.endpointId,
    held,
    wardId,
    pressed,
    station.clock.now(),
  );
  return station.keep([item], (state) => state);
}
