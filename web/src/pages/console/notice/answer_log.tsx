import type { AlertProgressJson } from '../../../gen/wardcast/v1/progress_pb.ts';
import { answeredBy } from '../../../state/person.ts';
import { answerLog } from '../../../state/progress/answer_log.ts';
import { when } from '../../../state/time/words.ts';
import { helpWord, responseWord } from '../../../state/words.ts';

// Who answered what and when, newest first.
export function AnswerLog(props: { progress: AlertProgressJson; zone: string; now: number }) {
  const answers = answerLog(props.progress);
  return (
    <section className="box" aria-label="Answers">
      <h2>Answers</h2>
      {answers.length === 0 ? <p className="dim flush">No ward has answered yet.</p> : null}
      <ul className="log" data-testid="answers">
        {answers.map(({ answer, wardName }) => (
          <li key={`${answer.wardId}${answer.at}${answer.answerVersion}`}>
            <time>{when(Date.parse(answer.at ?? ''), props.zone, props.now)}</time>
            <span dir="auto">
              <strong>{wardName}</strong>: {responseWord[answer.response ?? 'UNSPECIFIED']}
              {answer.help === undefined || answer.help === 'UNSPECIFIED'
                ? ''
                : ` (${helpWord[answer.help].toLowerCase()})`}
              <span className="dim">
                {' '}
                · {answeredBy(answer)}
                {answer.fromOutside ? ' · from outside the ward' : ''}
                {(answer.round ?? 0) < (props.progress.round ?? 0) ? ' · before the change' : ''}
                {answer.late ? ' · after the end' : ''}
                {answer.note ? ` · ${answer.note}` : ''}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
