import { answeredBy } from '../../../state/person.ts';
import type { NamedAnswer } from '../../../state/progress/answer_log.ts';
import { when } from '../../../state/time/words.ts';
import { count, helpWord } from '../../../state/words.ts';

// Wards that wait for somebody: on top of everything.
export function HelpRequests(props: { requests: NamedAnswer[]; zone: string; now: number }) {
  return (
    <section className="help" aria-label="Help requests">
      <h2>{count(props.requests.length, 'help request', 'help requests')}</h2>
      <ul>
        {props.requests.map(({ answer, wardName, phone }) => (
          <li key={`${answer.wardId}${answer.at}${answer.answerVersion}`}>
            <strong>{wardName}</strong> needs:{' '}
            {helpWord[answer.help ?? 'UNSPECIFIED'].toLowerCase() || 'help'}
            {phone === '' ? null : (
              <>
                {' '}
                · call <strong>{phone}</strong>
              </>
            )}
            <span className="dim">
              {' '}
              · {answeredBy(answer)} · {when(Date.parse(answer.at ?? ''), props.zone, props.now)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
