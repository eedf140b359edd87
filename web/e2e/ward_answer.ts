import type { Broker } from './broker.ts';
import { expect } from './fixtures.ts';

let pressed = 0;

// An answer, now, as a ward PC of 4 West reports it; `part` says what is otherwise.
export async function answerAsWard(
  broker: Broker,
  alertId: string,
  response: string,
  part: object = {},
): Promise<void> {
  const { alert } = await broker.call<{
    alert: { logId: string; generation: string; round?: number };
  }>('AlertService/GetAlert', { alertId });
  pressed += 1;
  const id = `01ARZ3NDEKTSV4RRFFQ69${String(pressed).padStart(5, '0')}`;
  const { recordedIds } = await broker.call<{ recordedIds?: string[] }>('EndpointService/Report', {
    endpointId: '4w-pc-01',
    acknowledgements: [
      {
        id,
        alertId,
        logId: alert.logId,
        generation: alert.generation,
        round: alert.round,
        wardId: '4w',
        response,
        person: { initials: 'J.R.', role: 'charge nurse' },
        pressedAt: new Date().toISOString(),
        ...part,
      },
    ],
  });
  expect(recordedIds).toEqual([id]);
}
