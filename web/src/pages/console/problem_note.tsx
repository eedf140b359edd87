import { Button } from '@mantine/core';
import { problemOf, problemWords } from '../../api/problem.ts';

// What went wrong, in plain words, and a way to try again.
export function ProblemNote(props: { error: unknown; what: string; again?: () => void }) {
  return (
    <div className="problem" role="alert">
      <strong>{props.what}</strong>
      <p className="flush">{problemWords(problemOf(props.error))}</p>
      {props.again === undefined ? null : (
        <Button size="xs" mt="xs" variant="default" onClick={props.again}>
          Try again
        </Button>
      )}
    </div>
  );
}
