import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AlertJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../../gen/wardcast/v1/alert_service_pb.ts';
import { glassIn } from '../../../../state/life/approval.ts';
import { span } from '../../../../state/time/words.ts';
import { usePatientReason } from '../../pieces/no_patient_data.tsx';
import { ProblemNote } from '../../problem_note.tsx';
import { ActionPanel } from './action_panel.tsx';
import { useAlertAction } from './alert_action.ts';

type Panel = 'none' | 'return' | 'glass';

// The second pair of eyes: sends it or returns it. When nobody comes, the glass is broken in place.
export function ApprovalPanel(props: {
  alert: AlertJson;
  now: number;
  // By role and scope; nobody approves their own, which the broker knows.
  approves: boolean;
  publishes: boolean;
}) {
  const { alert, now, approves, publishes } = props;
  const id = alert.id ?? '';
  const [panel, setPanel] = useState<Panel>('none');
  const approve = useAlertAction(id, AlertService.method.approveAlert);
  const close = () => setPanel('none');
  const returned = useAlertAction(id, AlertService.method.rejectAlert, close);
  const broken = useAlertAction(id, AlertService.method.approveAlert, close);
  const left = glassIn(alert, now) ?? 0;
  const toggle = (which: Panel) => setPanel(panel === which ? 'none' : which);
  const expectedRevision = alert.revision ?? 0;
  return (
    <section className="question" aria-label="Approval">
      <h2>Waits for approval</h2>
      <p className="flush">{alert.heldBecause}</p>
      <div className="buttons">
        {approves ? (
          <>
            <Button
              loading={approve.isPending}
              onClick={() => approve.mutate({ expectedRevision })}
            >
              Approve
            </Button>
            <Button
              variant="default"
              aria-expanded={panel === 'return'}
              onClick={() => toggle('return')}
            >
              Return…
            </Button>
          </>
        ) : (
          <span className="dim">An approver looks at it: it goes out when they approve.</span>
        )}
        {publishes && left === 0 ? (
          <Button
            className="push grave"
            variant="default"
            aria-expanded={panel === 'glass'}
            onClick={() => toggle('glass')}
          >
            Break the glass…
          </Button>
        ) : null}
        {publishes && left > 0 ? (
          <span className="dim push">
            If nobody approves, it can be sent without in {span(left)}.
          </span>
        ) : null}
      </div>
      {approve.isError ? <ProblemNote error={approve.error} what="Not approved yet" /> : null}
      {panel === 'return' ? (
        <Reasoned
          label="Return"
          field="Why (the author reads it)"
          limit={300}
          action="Return it to its author"
          failed="Not returned yet"
          step={returned}
          send={(reason, patient) => returned.mutate({ reason, ...patient })}
          done={close}
        />
      ) : null}
      {panel === 'glass' ? (
        <Reasoned
          label="Break the glass"
          field="Why it cannot wait for an approver"
          hint="It goes out at once. The audit trail says loudly who did this and why."
          limit={200}
          action="Send it without approval"
          failed="Not sent yet"
          step={broken}
          send={(breakGlass) => broken.mutate({ breakGlass, expectedRevision })}
          done={close}
        />
      ) : null}
    </section>
  );
}

// A step that takes a reason.
function Reasoned(props: {
  label: string;
  field: string;
  hint?: string;
  limit: number;
  action: string;
  failed: string;
  step: { isPending: boolean; isError: boolean; error: unknown };
  send: (reason: string, patient: { patientDataReason?: string }) => void;
  done: () => void;
}) {
  const [reason, setReason] = useState('');
  const patient = usePatientReason(props.step.error);
  const given = reason.trim();
  return (
    <ActionPanel
      label={props.label}
      action={props.action}
      step={props.step}
      failed={props.failed}
      ready={given !== '' && !patient.missing}
      question={patient.question}
      send={() => props.send(given, patient.input)}
      leave={props.done}
    >
      <TextInput
        label={props.field}
        description={props.hint}
        value={reason}
        maxLength={props.limit}
        autoFocus
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActionPanel>
  );
}
