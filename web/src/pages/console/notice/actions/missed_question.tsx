import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AlertJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../../gen/wardcast/v1/alert_service_pb.ts';
import { missedLines } from '../../../../state/life/missed.ts';
import { isOnWards } from '../../../../state/life/standing.ts';
import { shownAgain } from '../../../../state/publish/alert_edit.ts';
import { instantOfTyped, laterProblem, noTime } from '../../../../state/publish/typed_time.ts';
import type { SayTime } from '../../../../state/time/words.ts';
import { TypedTimeField } from '../../pieces/typed_time_field.tsx';
import { ProblemNote } from '../../problem_note.tsx';
import { ActionPanel } from './action_panel.tsx';
import { useAlertAction } from './alert_action.ts';
import { movedInPlace } from './moved_in_place.ts';

// What the clock should have done while nothing ran is not done late by itself: its publisher says
// what to do instead.
export function MissedQuestion(props: {
  alert: AlertJson;
  zone: string;
  now: number;
  sayTime: SayTime;
}) {
  const { alert, zone, now } = props;
  const [typing, setTyping] = useState(false);
  const settle = useAlertAction(alert.id ?? '', AlertService.method.updateAlert);
  const lines = missedLines(alert, zone, now, props.sayTime);
  const settled = { settleMissed: true };
  return (
    <section className="question" aria-label="What was missed">
      <h2>What shall be done about what was missed?</h2>
      <ul className="plain" data-testid="missed">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="flush dim">Nothing was running then, and nothing is done late by itself.</p>
      <div className="buttons">
        {isOnWards(alert) ? (
          <Button
            loading={settle.isPending}
            onClick={() => settle.mutate({ ...shownAgain(alert), ...settled })}
          >
            Show it once more now
          </Button>
        ) : (
          <>
            <Button
              loading={settle.isPending}
              onClick={() => settle.mutate({ ...movedInPlace(alert, 'sendAt', null), ...settled })}
            >
              Send it now
            </Button>
            <Button variant="default" aria-expanded={typing} onClick={() => setTyping(!typing)}>
              Send it at another time…
            </Button>
          </>
        )}
        <Button
          variant="default"
          loading={settle.isPending}
          onClick={() => settle.mutate({ expectedRevision: alert.revision ?? 0, ...settled })}
        >
          Leave it
        </Button>
      </div>
      {settle.isError ? <ProblemNote error={settle.error} what="Not done yet" /> : null}
      {typing ? (
        <AnotherTime alert={alert} zone={zone} now={now} done={() => setTyping(false)} />
      ) : null}
    </section>
  );
}

function AnotherTime(props: { alert: AlertJson; zone: string; now: number; done: () => void }) {
  const { alert, zone, now } = props;
  const [typed, setTyped] = useState(noTime);
  const move = useAlertAction(alert.id ?? '', AlertService.method.updateAlert, props.done);
  const at = instantOfTyped(typed, zone);
  const problem = laterProblem(typed, zone, now);
  return (
    <ActionPanel
      label="Another time"
      action="Send it then"
      step={move}
      failed="Not changed yet"
      ready={at !== null && problem === undefined}
      send={() => move.mutate({ ...movedInPlace(alert, 'sendAt', at), settleMissed: true })}
      leave={props.done}
    >
      <TypedTimeField
        label="Goes out"
        value={typed}
        change={setTyped}
        zone={zone}
        now={now}
        error={problem}
        autoFocus
      />
    </ActionPanel>
  );
}
