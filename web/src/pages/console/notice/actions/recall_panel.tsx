import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AlertJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../../gen/wardcast/v1/alert_service_pb.ts';
import { isNotOut } from '../../../../state/life/standing.ts';
import { usePatientReason } from '../../pieces/no_patient_data.tsx';
import { ActionPanel } from './action_panel.tsx';
import { useAlertAction } from './alert_action.ts';

// Takes back what was sent by mistake, or what nobody has seen yet. Nothing has to be typed.
export function RecallPanel({ alert, done }: { alert: AlertJson; done: () => void }) {
  const [reason, setReason] = useState('');
  const recall = useAlertAction(alert.id ?? '', AlertService.method.recallAlert, done);
  const patient = usePatientReason(recall.error);
  const unseen = isNotOut(alert);
  return (
    <ActionPanel
      label={unseen ? 'Take away' : 'Recall'}
      action={unseen ? 'Take it away' : 'Recall this notice'}
      step={recall}
      failed="Not recalled yet"
      ready={!patient.missing}
      question={patient.question}
      send={() => recall.mutate({ reason: reason.trim(), ...patient.input })}
      leave={done}
    >
      {unseen ? (
        <p className="flush">
          No ward has seen it. It is closed as recalled, and nothing is shown anywhere.
        </p>
      ) : (
        <>
          <p className="flush">
            A recall is for a notice that was sent by mistake. Wards where it was shown read
            “RECALLED. No action needed.” If the system is back, send the all clear instead.
          </p>
          <TextInput
            label="What wards read (empty: the standard words)"
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </>
      )}
    </ActionPanel>
  );
}
