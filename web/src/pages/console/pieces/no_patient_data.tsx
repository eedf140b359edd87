import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { problemOf } from '../../../api/problem.ts';

// A text looks like patient data: it goes out only with a reason, which the audit trail keeps.
export function NoPatientData(props: {
  value: string;
  change: (value: string) => void;
  focus?: boolean;
}) {
  return (
    <TextInput
      label="A text looks like patient data. Why is it none?"
      description="Better take it out. The reason is kept in the audit trail."
      value={props.value}
      maxLength={200}
      autoComplete="off"
      data-autofocus={props.focus || undefined}
      onChange={(event) => props.change(event.currentTarget.value)}
    />
  );
}

// The broker refused a text for this.
export function saysPatientData(error: unknown): boolean {
  const problem = problemOf(error);
  return problem.case === 'refused' && /patient/i.test(problem.message);
}

// For a step that is refused for it: the question, and what goes with the next try.
export function usePatientReason(error: unknown): {
  question: ReactNode;
  missing: boolean;
  input: { patientDataReason?: string };
} {
  const [reason, setReason] = useState('');
  const asked = reason !== '' || (error !== null && saysPatientData(error));
  const given = reason.trim();
  return {
    question: asked ? <NoPatientData value={reason} change={setReason} /> : null,
    missing: asked && given === '',
    input: given === '' ? {} : { patientDataReason: given },
  };
}
