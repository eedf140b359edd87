import { Button } from '@mantine/core';
import { problemOf, problemWords } from '../../../../api/problem.ts';
import type { FormProblems } from '../../../../state/publish/form_alert.ts';
import { reachWords, tiredWards } from '../../../../state/publish/reach_words.ts';
import { count } from '../../../../state/words.ts';
import type { ReachNow } from './reach.ts';

// Whom it reaches, as the audience changes; or what stands in the way of sending.
export function ReachLine(props: { reachNow: ReachNow; problems: FormProblems }) {
  const { foreseen, current, error, again } = props.reachNow;
  const reach = foreseen?.reach;
  const wrong = Object.values(props.problems);
  if (wrong.length > 0) {
    return (
      <p className="reach wrong" role="alert">
        {wrong[0]}
        {wrong.length > 1 ? ` And ${wrong.length - 1} more above.` : ''}
      </p>
    );
  }
  if (error !== null) {
    const problem = problemOf(error);
    return (
      <p className="reach wrong" role="alert">
        {problem.case === 'unreachable'
          ? 'The broker does not answer, so it is not known whom this reaches. '
          : `${problemWords(problem)} `}
        <Button size="xs" variant="default" onClick={again}>
          Ask again
        </Button>
      </p>
    );
  }
  if (reach === undefined) {
    return <p className="reach dim">Choose the service, or places, to see whom it reaches.</p>;
  }
  const tired = tiredWards(reach).length;
  return (
    <p className={current ? 'reach' : 'reach dim'} role="status" data-testid="reach">
      Reaches <strong>{reachWords(reach)}</strong>
      {reach.fromServices ? ' (the wards that use the service)' : ''}
      {tired > 0
        ? ` · ${count(tired, 'ward has', 'wards have')} had more than 3 notices in 7 days`
        : ''}
      {foreseen?.needsApproval ? ' · waits for an approver' : ''}
    </p>
  );
}
