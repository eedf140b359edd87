import type { Station } from '../../live/station.ts';
import { changeMarks } from '../../state/endpoint/marks.ts';

// An ended notice is not shown on this PC any longer.
export function putAway(station: Station, alertId: string): Promise<void> {
  return station.keep([], (state) =>
    changeMarks(state, alertId, (marks) => ({ ...marks, closingSeen: true })),
  );
}
