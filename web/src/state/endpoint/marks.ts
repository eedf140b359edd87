import type { EndpointState, Marks } from './held.ts';

// The state with the marks of one alert changed; the same state if it is not held.
export function changeMarks(
  state: EndpointState,
  alertId: string,
  change: (marks: Marks) => Marks,
): EndpointState {
  const held = state.held.get(alertId);
  if (held === undefined) return state;
  const next = new Map(state.held).set(alertId, { ...held, marks: change(held.marks) });
  return { ...state, held: next };
}
