import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AlertJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../../gen/wardcast/v1/alert_service_pb.ts';
import {
  instantOfTyped,
  laterProblem,
  noTime,
  type TypedTime,
  typedProblem,
} from '../../../../state/publish/typed_time.ts';
import { instant } from '../../../../state/time/notice_times.ts';
import { span } from '../../../../state/time/words.ts';
import { usePatientReason } from '../../pieces/no_patient_data.tsx';
import { TypedTimeField } from '../../pieces/typed_time_field.tsx';
import { ActionPanel } from './action_panel.tsx';
import { useAlertAction } from './alert_action.ts';

// Moves planned work that has not begun; reminders are planned again by the new times.
export function PostponePanel(props: {
  alert: AlertJson;
  zone: string;
  now: number;
  done: () => void;
}) {
  const { alert, zone, now } = props;
  const [start, setStart] = useState<TypedTime>(noTime);
  const [end, setEnd] = useState<TypedTime>(noTime);
  const [reason, setReason] = useState('');
  const postpone = useAlertAction(alert.id ?? '', AlertService.method.postponeAlert, props.done);
  const patient = usePatientReason(postpone.error);
  const from = instantOfTyped(start, zone);
  const until = instantOfTyped(end, zone);
  const oldStart = instant(alert.start);
  const oldEnd = instant(alert.expectedEnd);
  const lasts = oldStart === null || oldEnd === null ? null : oldEnd - oldStart;
  const startProblem = laterProblem(start, zone, now);
  const endProblem =
    typedProblem(end, zone) ??
    (from !== null && until !== null && until <= from
      ? 'The end is not after the start.'
      : undefined);
  const time = (ms: number) => ({ at: new Date(ms).toISOString() });
  return (
    <ActionPanel
      label="Postpone"
      action={from === null ? 'Postpone without a new time' : 'Postpone'}
      step={postpone}
      failed="Not postponed yet"
      ready={startProblem === undefined && endProblem === undefined && !patient.missing}
      question={patient.question}
      send={() =>
        postpone.mutate({
          expectedRevision: alert.revision ?? 0,
          ...(from === null ? {} : { start: time(from) }),
          ...(from === null || until === null ? {} : { expectedEnd: time(until) }),
          reason: reason.trim(),
          ...patient.input,
        })
      }
      leave={props.done}
    >
      <div className="grid">
        <TypedTimeField
          label="New start (empty: not known yet)"
          value={start}
          change={setStart}
          zone={zone}
          now={now}
          error={startProblem}
          autoFocus
        />
        <TypedTimeField
          label={
            lasts === null
              ? 'New expected end (empty: unknown)'
              : `New expected end (empty: ${span(lasts)} after the start)`
          }
          value={end}
          change={setEnd}
          zone={zone}
          now={now}
          error={endProblem}
        />
      </div>
      <TextInput
        label="Why (wards read it)"
        maxLength={300}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActionPanel>
  );
}
