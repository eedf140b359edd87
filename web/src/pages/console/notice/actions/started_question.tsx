import { Button } from '@mantine/core';
import type { AlertJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../../gen/wardcast/v1/alert_service_pb.ts';
import { instant } from '../../../../state/time/notice_times.ts';
import { calmSpan, type SayTime } from '../../../../state/time/words.ts';
import { ProblemNote } from '../../problem_note.tsx';
import { useAlertAction } from './alert_action.ts';

const minute = 60_000;

// The planned start has passed; no clock says that the work has begun, a person does.
export function StartedQuestion(props: {
  alert: AlertJson;
  zone: string;
  now: number;
  sayTime: SayTime;
  postpone: () => void;
}) {
  const { alert, zone, now, sayTime } = props;
  const start = instant(alert.start) ?? now;
  const started = useAlertAction(alert.id ?? '', AlertService.method.updateAlert);
  const say = (at: number | null) =>
    started.mutate({
      expectedRevision: alert.revision ?? 0,
      started: true,
      ...(at === null ? {} : { alert: { startedAt: { at: new Date(at).toISOString() } } }),
    });
  return (
    <section className="question" aria-label="Has the work started?">
      <h2>Has the work started?</h2>
      <p className="flush">
        It was planned for {sayTime(start, zone, now)}, {calmSpan(now - start)} ago. Wards read
        “planned, not confirmed”.
      </p>
      <div className="buttons">
        <Button loading={started.isPending} onClick={() => say(null)}>
          Yes, now
        </Button>
        {now - start < minute ? null : (
          <Button variant="default" loading={started.isPending} onClick={() => say(start)}>
            Yes, at {sayTime(start, zone, now)}
          </Button>
        )}
        <Button variant="default" onClick={props.postpone}>
          No, postpone it…
        </Button>
      </div>
      {started.isError ? <ProblemNote error={started.error} what="Not said yet" /> : null}
    </section>
  );
}
