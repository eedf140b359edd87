import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemNote } from '../problem_note.tsx';
import { AskDialog } from './ask_dialog.tsx';

// Says what follows before it is done.
export function Sure(props: {
  title: string;
  // What follows.
  children: ReactNode;
  // The words of the button that does it.
  action: string;
  busy: boolean;
  error: unknown;
  act: () => void;
  leave: () => void;
}) {
  return (
    <AskDialog title={props.title} leave={props.leave}>
      {props.children}
      {props.error === null ? null : <ProblemNote error={props.error} what="Not done yet" />}
      <div className="buttons">
        <Button variant="default" onClick={props.leave} data-autofocus>
          Cancel
        </Button>
        <Button variant="default" className="grave" loading={props.busy} onClick={props.act}>
          {props.action}
        </Button>
      </div>
    </AskDialog>
  );
}
