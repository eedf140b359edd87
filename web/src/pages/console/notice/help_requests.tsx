import { realProblem } from '../../../state/drill/real_problem.ts';
import { realProblemWords } from '../../../state/drill/result.ts';
import { answeredBy } from '../../../state/person.ts';
import { askedWords, type HelpRequest } from '../../../state/progress/help_requests.ts';
import { helpWords } from '../../../state/progress/progress_words.ts';
import { calmSpan, type SayTime } from '../../../state/time/words.ts';

interface Times {
  zone: string;
  now: number;
  sayTime: SayTime;
}

// Wards that wait for somebody: on top of everything.
export function HelpRequests(props: Times & { requests: HelpRequest[] }) {
  const { requests, ...times } = props;
  const real = requests.filter(({ ward }) => realProblem(ward) !== undefined).length;
  const title = [realProblemWords(real), helpWords(requests.length - real)];
  return (
    <section className="help" aria-label="Help requests">
      <h2>{title.filter((part) => part !== '').join(' · ')}</h2>
      <ul>
        {requests.map((request) => (
          <Request key={request.ward.wardId} {...request} {...times} />
        ))}
      </ul>
    </section>
  );
}

function Request({ ward, asked, zone, now, sayTime }: HelpRequest & Times) {
  const newest = asked.at(-1);
  const since = Date.parse(asked[0]?.at ?? '');
  return (
    <li>
      <strong>{ward.name || ward.wardId}</strong>{' '}
      {realProblem(ward) === undefined ? 'needs:' : 'reports:'}{' '}
      {askedWords(asked) || 'downtime help'}
      {ward.phone ? (
        <>
          {' '}
          · call <strong>{ward.phone}</strong>
        </>
      ) : null}
      <span className="dim">
        {newest === undefined ? '' : ` · ${answeredBy(newest)}`}
        {Number.isNaN(since)
          ? ''
          : ` · waits since ${sayTime(since, zone, now)}, for ${calmSpan(now - since)}`}
      </span>
    </li>
  );
}
