import type { ReactNode } from 'react';
import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { instant } from '../../state/time/notice_times.ts';
import { when } from '../../state/time/words.ts';
import { kindWord, phaseWord, severityWord } from '../../state/words.ts';
import { InstructionLists } from './instruction_lists.tsx';
import { SeverityMark } from './severity_mark.tsx';
import { TimeFacts } from './time_facts.tsx';

// What a ward falls back on where the notice itself says nothing.
export interface Place {
  phone: string;
  phoneFallback: string;
  downtimePc: string;
  binder: string;
}

// A notice as wards read it; the console's preview shows the same. Sizes are in em: the parent's
// font size scales it. `compact` leaves out everything but band, headline and times.
export function NoticeView(props: {
  alert: AlertJson;
  zone: string;
  now: number;
  place: Place;
  compact?: boolean;
  headingId?: string;
  children?: ReactNode;
}) {
  const { alert, zone, now, place } = props;
  const severity = alert.severity ?? 'UNSPECIFIED';
  const exercise = alert.status === 'EXERCISE';
  const phone = alert.phone || place.phone;
  return (
    <article
      className={`notice sev-${severity}${exercise ? ' exercise' : ''}`}
      aria-labelledby={props.headingId}
    >
      <div className="notice-band">
        <SeverityMark severity={severity} />
        <span className="word">{severityWord[severity]}</span>
        <span className="kind">{kindWord[alert.kind ?? 'UNSPECIFIED']}</span>
        {exercise ? <strong>EXERCISE</strong> : null}
        <span className="phase">{phaseWord[alert.phase ?? 'UNSPECIFIED']}</span>
      </div>
      <div className="notice-body">
        <h2 id={props.headingId} dir="auto">
          {exercise ? `EXERCISE · ${alert.headline} · EXERCISE` : alert.headline}
        </h2>
        <Under alert={alert} />
        <Changed alert={alert} zone={zone} now={now} />
        {alert.state === 'RECOVERING' ? (
          <p className="stay">Restored, IT is verifying. Stay on paper until the all clear.</p>
        ) : null}
        <TimeFacts
          alert={alert}
          zone={zone}
          now={now}
          phone={phone}
          phoneFallback={alert.phoneFallback || place.phoneFallback}
        />
        {props.compact ? null : (
          <>
            {alert.impact ? (
              <p className="impact" dir="auto">
                {alert.impact}
              </p>
            ) : null}
            <InstructionLists alert={alert} now={now} />
            <Places alert={alert} place={place} />
          </>
        )}
        {props.children}
      </div>
      {exercise ? <div className="notice-stripes" /> : null}
    </article>
  );
}

function Under({ alert }: { alert: AlertJson }) {
  const services = (alert.serviceNames ?? []).join(' · ');
  if (services === '') return null;
  return (
    <p className="under" dir="auto">
      {services}
    </p>
  );
}

function Changed({ alert, zone, now }: { alert: AlertJson; zone: string; now: number }) {
  const at = instant(alert.changedAt);
  if ((alert.revision ?? 1) < 2 || !alert.whatChanged || at === null) return null;
  return (
    <p className="changed" dir="auto">
      <strong>Changed {when(at, zone, now)}:</strong> {alert.whatChanged}
    </p>
  );
}

function Places({ alert, place }: { alert: AlertJson; place: Place }) {
  const facts: [string, string][] = [
    ['Downtime PC', alert.downtimePc || place.downtimePc],
    ['Binder', alert.binder || place.binder],
    ['Reason', alert.reason ?? ''],
    ['Ticket', alert.ticket ?? ''],
    ['From', alert.publishedBy ?? ''],
  ];
  const given = facts.filter(([, value]) => value !== '');
  if (given.length === 0) return null;
  return (
    <dl className="places">
      {given.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
