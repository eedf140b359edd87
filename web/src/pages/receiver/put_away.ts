import type { Station } from '../../live/station.ts';
import { changeMarks } from '../../state/endpoint/marks.ts';

// The end of a notice was seen at this PC.
export function putAway(station: Station, alertId: string): Promise<void> {
  return station.keep([], (state) =>
    changeMarks(state, alertId, (marks) => ({ ...marks, closingSeen: true })),
  );
}

// The broker has "Back-entry done" from this PC: nothing is left to do.
export function noteBackEntryDone(station: Station, alertId: string): Promise<void> {
  return station.keep([], (state) =>
    changeMarks(state, alertId, (marks) => ({ ...marks, closingSeen: true, backEntryDone: true })),
  );
}
