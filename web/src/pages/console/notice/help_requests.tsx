import { answeredBy } from '../../../state/person.ts';
import { askedWords, type HelpRequest } from '../../../state/progress/help_requests.ts';
import { helpWords } from '../../../state/progress/progress_words.ts';
import { calmSpan, when } from '../../../state/time/words.ts';

// Wards that wait for somebody: on top of everything.
export function HelpRequests(props: { requests: HelpRequest[]; zone: string; now: number }) {
  return (
    <section className="help" aria-label="Help requests">
      <h2>{helpWords(props.requests.length)}</h2>
      <ul>
        {props.requests.map((request) => (
          <Request key={request.ward.wardId} {...request} zone={props.zone} now={props.now} />
        ))}
      </ul>
    </section>
  );
}

function Request({ ward, asked, zone, now }: HelpRequest & { zone: string; now: number }) {
  const newest = asked.at(-1);
  const since = Date.parse(asked[0]?.at ?? '');
  return (
    <li>
      <strong>{ward.name || ward.wardId}</strong> needs: {askedWords(asked) || 'downtime help'}
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
          : ` · waits since ${when(since, zone, now)}, for ${calmSpan(now - since)}`}
      </span>
    </li>
  );
}
