import {
  type DrillResult,
  realProblemWords,
  resultWords,
  type WardResult,
} from '../../../state/drill/result.ts';
import { answeredBy } from '../../../state/person.ts';
import { standWords } from '../../../state/progress/progress_words.ts';
import { span } from '../../../state/time/words.ts';
import { responseWord } from '../../../state/words.ts';

// How each ward did, worst first: of this drill alone, and counted nowhere else.
export function DrillResults({ result, now }: { result: DrillResult; now: number }) {
  const real = realProblemWords(result.realProblems);
  return (
    <section className="box" aria-label="Results">
      <h2>Results</h2>
      <p className="flush" data-testid="drill-result">
        <strong>{resultWords(result)}</strong>
        {real === '' ? null : <strong className="late-word"> · {real}</strong>}
      </p>
      <table className="results">
        <thead>
          <tr>
            <th scope="col">Ward</th>
            <th scope="col">Where it stands</th>
            <th scope="col">PCs that showed it</th>
            <th scope="col">Answered after</th>
            <th scope="col">Answer</th>
          </tr>
        </thead>
        <tbody>
          {result.byWard.map((row) => (
            <Row key={row.ward.wardId} row={row} now={now} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ row, now }: { row: WardResult; now: number }) {
  const { ward, answer, answeredAfter } = row;
  const state = row.realProblem === undefined ? (ward.state ?? 'UNSPECIFIED') : 'HELP';
  return (
    <tr data-ward={ward.wardId} data-state={ward.state}>
      <th scope="row">{ward.name || ward.wardId}</th>
      <td>
        <span className={`state state-${state}`}>{standWords(ward, now)}</span>
      </td>
      <td>
        {ward.displayed ?? 0} of {ward.expected ?? 0}
      </td>
      <td>{answeredAfter === null ? '' : span(answeredAfter)}</td>
      <td dir="auto">
        {answer === undefined
          ? ''
          : `${responseWord[answer.response ?? 'UNSPECIFIED']} · ${answeredBy(answer)}`}
      </td>
    </tr>
  );
}
