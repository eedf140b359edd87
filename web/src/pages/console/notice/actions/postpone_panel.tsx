import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AlertJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../../gen/wardcast/v1/alert_service_pb.ts';
import { movedTexts } from '../../../../state/life/moved_times.ts';
import {
  instantOfTyped,
  noTime,
  type TypedTime,
  typedProblem,
} from '../../../../state/publish/typed_time.ts';
import { instant } from '../../../../state/time/notice_times.ts';
import { span } from '../../../../state/time/words.ts';
import { TypedTimeField } from '../../pieces/typed_time_field.tsx';
import { ProblemNote } from '../../problem_note.tsx';
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
  const postpone = useAlertAction(alert.id ?? '', AlertService.method.postponeAlert);
  const texts = useAlertAction(alert.id ?? '', AlertService.method.updateAlert, props.done);
  const from = instantOfTyped(start, zone);
  const until = instantOfTyped(end, zone);
  const oldStart = instant(alert.start);
  const oldEnd = instant(alert.expectedEnd);
  const lasts = oldStart === null || oldEnd === null ? null : oldEnd - oldStart;
  const startProblem =
    typedProblem(start, zone) ??
    (from !== null && from <= now ? 'This has passed: choose a later time.' : undefined);
  const endProblem =
    typedProblem(end, zone) ??
    (from !== null && until !== null && until <= from
      ? 'The end is not after the start.'
      : undefined);
  // The texts name the times from before.
  const follow = (moved: AlertJson) => {
    const { alert: changed, fields } = movedTexts(
      alert,
      [
        { from: oldStart, to: instant(moved.start), unknown: 'a time not known yet' },
        { from: oldEnd, to: instant(moved.expectedEnd), unknown: 'further notice' },
      ],
      zone,
      now,
    );
    if (fields.length === 0) return props.done();
    texts.mutate({
      expectedRevision: moved.revision ?? 0,
      alert: changed,
      updateMask: fields.join(','),
      reAlert: 'NO',
    });
  };
  const time = (ms: number) => ({ at: new Date(ms).toISOString() });
  return (
    <form
      className="panel"
      aria-label="Postpone"
      onSubmit={(event) => {
        event.preventDefault();
        const change = {
          expectedRevision: alert.revision ?? 0,
          ...(from === null ? {} : { start: time(from) }),
          ...(from === null || until === null ? {} : { expectedEnd: time(until) }),
          reason: reason.trim(),
        };
        postpone.mutate(change, { onSuccess: (answer) => follow(answer.alert ?? {}) });
      }}
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
      {postpone.isError ? <ProblemNote error={postpone.error} what="Not postponed yet" /> : null}
      {texts.isError ? (
        <ProblemNote
          error={texts.error}
          what="Postponed, but its texts still name the old time: update them"
        />
      ) : null}
      <div className="buttons">
        <Button
          type="submit"
          loading={postpone.isPending || texts.isPending}
          disabled={startProblem !== undefined || endProblem !== undefined}
        >
          {from === null ? 'Postpone without a new time' : 'Postpone'}
        </Button>
        <Button variant="default" onClick={props.done}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
