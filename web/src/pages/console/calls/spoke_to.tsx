import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { AlertService } from '../../../gen/wardcast/v1/alert_service_pb.ts';
import type { Response_ValueJson } from '../../../gen/wardcast/v1/answer_pb.ts';
import { responseWord } from '../../../state/words.ts';
import { useConsole } from '../console_context.ts';
import { usePatientReason } from '../pieces/no_patient_data.tsx';
import { ProblemNote } from '../problem_note.tsx';
import { useRequestIds } from '../request_ids.ts';

const responses: Response_ValueJson[] = ['PROCEDURE_STARTED', 'NOT_AFFECTED'];

// Acknowledges for a ward after a call: who, then what they said.
export function SpokeTo(props: {
  alertId: string;
  wardId: string;
  wardName: string;
  done: () => void;
}) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const [initials, setInitials] = useState('');
  const [role, setRole] = useState('');
  const requests = useRequestIds();
  const [refused, setRefused] = useState<unknown>(null);
  const patient = usePatientReason(refused);
  const acknowledge = useMutation({
    onError: setRefused,
    mutationFn: (response: Response_ValueJson) => {
      const who = [initials.trim(), role.trim()].filter((part) => part !== '').join(', ');
      const answer = {
        alertId: props.alertId,
        wardId: props.wardId,
        response,
        note: who === '' ? 'answered by phone' : `spoke to ${who}`,
        person: { initials: initials.trim(), role: role.trim() },
        ...patient.input,
      };
      return client.call(AlertService.method.acknowledgeAlert, {
        ...answer,
        requestId: requests.idFor(answer),
      });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['progress', props.alertId] });
      props.done();
    },
  });
  return (
    <div className="spoke">
      <TextInput
        label="Initials"
        size="xs"
        w={90}
        maxLength={8}
        value={initials}
        onChange={(event) => setInitials(event.currentTarget.value)}
      />
      <TextInput
        label="Role"
        size="xs"
        w={180}
        maxLength={40}
        placeholder="charge nurse"
        value={role}
        onChange={(event) => setRole(event.currentTarget.value)}
      />
      {patient.question}
      {responses.map((response) => (
        <Button
          key={response}
          size="xs"
          disabled={patient.missing}
          loading={acknowledge.isPending && acknowledge.variables === response}
          onClick={() => acknowledge.mutate(response)}
        >
          {props.wardName}: {responseWord[response]}
        </Button>
      ))}
      <Button size="xs" variant="default" onClick={props.done}>
        Cancel
      </Button>
      {acknowledge.isError ? (
        <ProblemNote error={acknowledge.error} what="Not recorded yet" />
      ) : null}
    </div>
  );
}
