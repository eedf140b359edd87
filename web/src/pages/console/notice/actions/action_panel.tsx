import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemNote } from '../../problem_note.tsx';

// One step that can be taken with a notice: its fields, what went wrong, and the buttons that take it
// or leave it.
export function ActionPanel(props: {
  label: string;
  // The words of the button.
  action: string;
  step: { isPending: boolean; isError: boolean; error: unknown };
  // Said over what went wrong: "Not extended yet".
  failed: string;
  // Every field is right; what looks like patient data has its reason.
  ready: boolean;
  // Asked before it can be tried again.
  question?: ReactNode;
  // Beside the buttons.
  note?: string;
  send: () => void;
  leave: () => void;
  children: ReactNode;
}) {
  const { step, ready } = props;
  return (
    <form
      className="panel"
      aria-label={props.label}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) props.send();
      }}
    >
      {props.children}
      {props.question}
      {step.isError ? <ProblemNote error={step.error} what={props.failed} /> : null}
      <div className="buttons">
        <Button type="submit" loading={step.isPending} disabled={!ready}>
          {props.action}
        </Button>
        <Button variant="default" onClick={props.leave}>
          Cancel
        </Button>
        {props.note === undefined ? null : <span className="dim">{props.note}</span>}
      </div>
    </form>
  );
}
