import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import type { AlertProgressJson } from '../../../gen/wardcast/v1/progress_pb.ts';
import type { Contact } from '../../../live/connection.ts';
import { inEnglish } from '../../../state/language/words.ts';
import { isNotOut, standingWords } from '../../../state/life/standing.ts';
import {
  expectedBackFact,
  instant,
  nextUpdateFact,
  startFact,
  type TimeFact,
} from '../../../state/time/notice_times.ts';
import type { SayTime } from '../../../state/time/words.ts';
import { closingWord, kindWord, phaseWord } from '../../../state/words.ts';
import { ProgressBar } from '../progress_bar.tsx';
import { ProgressLine } from '../progress_line.tsx';
import { SeverityTag } from '../severity_tag.tsx';
import { HeadRemarks } from './head_remarks.tsx';

export function NoticeHead(props: {
  alert: AlertJson;
  progress: AlertProgressJson | undefined;
  contact: Contact;
  zone: string;
  now: number;
  sayTime: SayTime;
}) {
  const { alert, progress, zone, now, sayTime } = props;
  const closed = alert.state === 'CLOSED';
  const changed = instant(alert.changedAt);
  const facts = closed
    ? []
    : [
        startFact(alert, zone, now, inEnglish, sayTime),
        nextUpdateFact(alert, zone, now, inEnglish, sayTime),
        expectedBackFact(alert, zone, now, inEnglish, sayTime),
      ].filter((fact): fact is TimeFact => fact !== null);
  return (
    <section className="head">
      <div className="line">
        <SeverityTag alert={alert} />
        <span>{kindWord[alert.kind ?? 'UNSPECIFIED']}</span>
        <strong data-testid="state">
          {closed
            ? `${closingWord[alert.closing ?? 'UNSPECIFIED']}${changed === null ? '' : ` ${sayTime(changed, zone, now)}`}`
            : standingWords(alert, zone, now, sayTime) || phaseWord[alert.phase ?? 'UNSPECIFIED']}
        </strong>
        <span className="dim push">
          {alert.publishedBy ? `by ${alert.publishedBy}` : ''}
          {(alert.revision ?? 1) > 1 ? ` · revision ${alert.revision}` : ''}
          {(alert.round ?? 1) > 1 ? ` · round ${alert.round}` : ''}
        </span>
      </div>
      <h1 dir="auto">{alert.headline}</h1>
      <p className="dim flush" dir="auto">
        {[(alert.serviceNames ?? []).join(' · '), alert.impact ?? '']
          .filter((part) => part !== '')
          .join('. ')}
      </p>
      {closed && alert.closingText ? <p dir="auto">{alert.closingText}</p> : null}
      {alert.state === 'DRAFT' && alert.heldBecause ? (
        <p className="held" dir="auto">
          <strong>Why it is a draft:</strong> {alert.heldBecause}
        </p>
      ) : null}
      {facts.length === 0 ? null : (
        <dl className="head-facts">
          {facts.map((fact) => (
            <div key={fact.label} className={fact.late ? 'late-word' : undefined}>
              <dt>{fact.label}</dt>
              <dd>
                <strong>{fact.value}</strong> {fact.aside}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <HeadRemarks alert={alert} progress={progress} zone={zone} now={now} sayTime={sayTime} />
      {progress === undefined || isNotOut(alert) ? null : (
        <>
          <ProgressBar progress={progress} legend />
          <p className="flush" data-testid="progress">
            <strong>
              <ProgressLine alert={alert} progress={progress} />
            </strong>
            <span className="dim"> · {liveWords[props.contact.case]}</span>
          </p>
        </>
      )}
    </section>
  );
}

const liveWords: Record<Contact['case'], string> = {
  live: 'live',
  starting: 'connecting…',
  reconnecting: 'not live, connecting…',
  lost: 'not live, asked for every few seconds',
};
