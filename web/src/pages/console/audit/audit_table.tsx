import { Link } from 'wouter';
import type { AuditEventJson } from '../../../gen/wardcast/v1/audit_service_pb.ts';
import { auditPath, wholeTrail } from '../../../state/access/audit_filter.ts';
import { auditWord, utcWords } from '../../../state/access/audit_words.ts';
import { clockWithSeconds } from '../../../state/time/words.ts';
import { abbreviation } from '../../../state/time/zone.ts';

export function AuditTable(props: { events: readonly AuditEventJson[]; zone: string }) {
  return (
    <table className="table audit">
      <thead>
        <tr>
          <th scope="col">Time (UTC)</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">On what, and more</th>
          <th scope="col">From</th>
          <th scope="col">Entry</th>
        </tr>
      </thead>
      <tbody>
        {props.events.map((event) => (
          <Row key={`${event.broker}/${event.number}`} event={event} zone={props.zone} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ event, zone }: { event: AuditEventJson; zone: string }) {
  const { at = '', who = '', subject = '', detail = '', broker = '', hash = '' } = event;
  const ms = Date.parse(at);
  return (
    <tr className={event.loud ? 'loud' : undefined} data-what={event.what}>
      <td>
        <time
          dateTime={at}
          title={
            Number.isNaN(ms)
              ? undefined
              : `${clockWithSeconds(ms, zone)} ${abbreviation(ms, zone)} (${zone})`
          }
        >
          {utcWords(at)}
        </time>
      </td>
      <td>
        {who === '' ? (
          <span className="dim">not known</span>
        ) : (
          <Link href={auditPath({ ...wholeTrail, who })} title={`Only entries of ${who}`}>
            {who}
          </Link>
        )}
      </td>
      <td>
        {event.loud ? <strong className="word-tag attend">⚠ loud</strong> : null}{' '}
        {auditWord(event.what ?? '')}
      </td>
      <td dir="auto">
        {subject}
        {subject !== '' && detail !== '' ? <span className="dim"> · </span> : null}
        {detail === '' ? null : <span className="dim">{detail}</span>}
      </td>
      <td>{event.peer}</td>
      <td title={`Broker ${broker}, entry ${event.number}, SHA-256 ${hash}`}>
        {event.number}
        <span className="dim hash">
          {broker.slice(-6)} · {hash.slice(0, 8)}
        </span>
      </td>
    </tr>
  );
}
