import './planned.css';
import { Link } from 'wouter';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import { inList } from '../../../state/life/in_zones.ts';
import { didNotGoOut, missedWords } from '../../../state/life/missed.ts';
import { asksStarted } from '../../../state/life/planned.ts';
import { isNotOut, standingWords } from '../../../state/life/standing.ts';
import { instant } from '../../../state/time/notice_times.ts';
import { type SayTime, span } from '../../../state/time/words.ts';
import { useNow } from '../console_context.ts';
import { useDirectory } from '../directory.ts';
import { SeverityTag } from '../severity_tag.tsx';

// Notices that wards do not see yet, or whose work is still to come: one line each, with what is to
// be done about it.
export function AlertRows({ alerts }: { alerts: readonly AlertJson[] }) {
  const now = useNow(5_000);
  const sayTime = inList(useDirectory().data?.sites ?? []);
  return (
    <ul className="plain alert-rows">
      {alerts.map((alert) => (
        <Row key={alert.id} alert={alert} now={now} sayTime={sayTime} />
      ))}
    </ul>
  );
}

function Row({ alert, now, sayTime }: { alert: AlertJson; now: number; sayTime: SayTime }) {
  const zone = alert.zone || alert.start?.zone || alert.changedAt?.zone || 'UTC';
  const draft = alert.state === 'DRAFT';
  return (
    <li data-alert={alert.id} data-state={alert.state}>
      <SeverityTag alert={alert} />
      <div className="what">
        <strong dir="auto">
          <Link href={draft ? `/draft/${alert.id}` : `/notice/${alert.id}`}>
            {alert.headline || 'Without a headline'}
          </Link>
        </strong>
        <span className="dim" dir="auto">
          {(alert.serviceNames ?? []).join(' · ')}
        </span>
        {alert.heldBecause ? (
          <span className="dim" dir="auto">
            {alert.heldBecause}
          </span>
        ) : null}
      </div>
      <div className="when">
        <span>{timesOf(alert, zone, now, sayTime)}</span>
        {asksStarted(alert, now) ? (
          <strong className="late-word">Started? Not confirmed</strong>
        ) : didNotGoOut(alert, now) ? (
          <strong className="late-word">{standingWords(alert, zone, now, sayTime)}</strong>
        ) : (
          <span className="dim">
            {isNotOut(alert) ? standingWords(alert, zone, now, sayTime) : 'Shown on ward PCs'}
          </span>
        )}
        {missedWords(alert) === '' ? null : (
          <strong className="late-word">{missedWords(alert)}</strong>
        )}
      </div>
    </li>
  );
}

// "Sun 02:00 to 04:00, in 4 h", of a draft when it was saved.
function timesOf(alert: AlertJson, zone: string, now: number, sayTime: SayTime): string {
  const start = instant(alert.start);
  const end = instant(alert.expectedEnd);
  if (alert.state === 'DRAFT' || alert.state === 'PENDING_APPROVAL') {
    const saved = instant(alert.changedAt);
    return saved === null ? '' : `Saved ${sayTime(saved, zone, now)}`;
  }
  if (start === null) return alert.phase === 'POSTPONED' ? 'New time not known yet' : '';
  const until = end === null ? '' : ` to ${sayTime(end, zone, now)}`;
  return `${sayTime(start, zone, now)}${until}${start > now ? `, in ${span(start - now)}` : ''}`;
}
