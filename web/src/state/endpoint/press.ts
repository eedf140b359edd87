import type { HelpKind_ValueJson, Response_ValueJson } from '../../gen/wardcast/v1/answer_pb.ts';
import { type HeldAlert, roundFor } from './held.ts';
import type { Outbox, OutboxItem } from './outbox.ts';

export interface Pressed {
  response: Response_ValueJson;
  help: HelpKind_ValueJson;
  initials: string;
  role: string;
}

// What was pressed, with the ward and the round that were on the screen at that moment.
export function pressItem(
  id: string,
  endpointId: string,
  held: HeldAlert,
  wardId: string,
  pressed: Pressed,
  now: number,
): OutboxItem {
  const { alert } = held;
  const round = roundFor(alert, wardId);
  return {
    id,
    endpointId,
    alertId: alert.id ?? '',
    round,
    body: {
      case: 'press',
      press: {
        id,
        alertId: alert.id ?? '',
        logId: alert.logId ?? '',
        generation: alert.generation ?? '0',
        round,
        wardId,
        response: pressed.response,
        help: pressed.help,
        person: { initials: pressed.initials.trim().slice(0, 8), role: pressed.role.slice(0, 40) },
        pressedAt: new Date(now).toISOString(),
      },
    },
    delivery: { case: 'waiting' },
  };
}

// The presses of this endpoint about an alert in its round, newest last.
export function pressesFor(outbox: Outbox, held: HeldAlert, wardId: string): OutboxItem[] {
  const round = roundFor(held.alert, wardId);
  return [...outbox.values()]
    .filter(
      (item) =>
        item.body.case === 'press' && item.alertId === held.alert.id && item.round === round,
    )
    .sort((a, b) => a.id.localeCompare(b.id));
}
