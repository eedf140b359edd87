import { Alert, Button } from '@mantine/core';
import { problemOf, problemWords } from '../../api/problem.ts';

// What went wrong, in plain words, and a way to try again.
export function ProblemNote(props: { error: unknown; what: string; again?: () => void }) {
  const problem = problemOf(props.error);
  return (
    <Alert color="red" variant="outline" role="alert" title={props.what}>
      <p className="flush">
        {problem.case === 'unreachable' ? 'The broker does not answer.' : problemWords(problem)}
      </p>
      {props.again === undefined ? null : (
        <Button size="xs" mt="xs" variant="default" onClick={props.again}>
          Try again
        </Button>
      )}
    </Alert>
  );
}
