import type { ReactNode } from 'react';
import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { isDrill } from '../../state/drill/drills.ts';
import { roundAt } from '../../state/endpoint/held.ts';
import { clearedAt, clearedText, namesAll, standing } from '../../state/endpoint/standing.ts';
import { instant } from '../../state/time/notice_times.ts';
import { when } from '../../state/time/words.ts';
import { useSay, useSpoken } from '../language.tsx';
import { InstructionLists } from './instruction_lists.tsx';
import { ExerciseLine, useMarked } from './marked.tsx';
import { kindSaid, phaseSaid, severitySaid } from './notice_words.ts';
import { SeverityMark } from './severity_mark.tsx';
import { TimeFacts } from './time_facts.tsx';

// What a ward falls back on where the notice itself says nothing.
export interface Place {
  phone: string;
  phoneFallback: string;
  downtimePc: string;
  binder: string;
  // Where the notice is read; absent: at no ward of a site.
  wardId?: string;
  siteId?: string;
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
  const say = useSay();
  const phase = phaseSaid[alert.phase ?? 'UNSPECIFIED'];
  const severity = alert.severity ?? 'UNSPECIFIED';
  const exercise = isDrill(alert);
  const marked = useMarked(alert);
  const phone = alert.phone || place.phone;
  return (
    <article
      className={`notice sev-${severity}${exercise ? ' exercise' : ''}`}
      aria-labelledby={props.headingId}
    >
      <div className="notice-band">
        <SeverityMark severity={severity} />
        <span className="word">{say(severitySaid[severity])}</span>
        <span className="kind">{say(kindSaid[alert.kind ?? 'UNSPECIFIED'])}</span>
        {exercise ? <strong>{say('exercise')}</strong> : null}
        <span className="phase">{phase === null ? '' : say(phase)}</span>
      </div>
      <div className="notice-body">
        <h2 id={props.headingId} dir="auto">
          {marked(alert.headline ?? '')}
        </h2>
        <Under alert={alert} />
        <Changed alert={alert} zone={zone} now={now} />
        <Standing alert={alert} zone={zone} now={now} place={place} />
        {alert.state === 'RECOVERING' ? <p className="stay">{marked(say('stayOnPaper'))}</p> : null}
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
                {marked(alert.impact)}
              </p>
            ) : null}
            <Lists alert={alert} />
            <Places alert={alert} place={place} />
          </>
        )}
        {props.children}
      </div>
      {exercise ? <div className="notice-stripes" /> : null}
    </article>
  );
}

function Lists({ alert }: { alert: AlertJson }) {
  const count = (alert.instructions ?? []).length + (alert.stillWorks ?? []).length;
  const mark = count === 0 ? null : <ExerciseLine alert={alert} />;
  return (
    <>
      {mark}
      <InstructionLists alert={alert} />
      {mark}
    </>
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
  const spoken = useSpoken();
  const say = useSay();
  const marked = useMarked(alert);
  const at = instant(alert.changedAt);
  if ((alert.revision ?? 1) < 2 || !alert.whatChanged || at === null) return null;
  // The line that stands there while it is verified says the same.
  if (alert.state === 'RECOVERING' && alert.whatChanged === say('stayOnPaper')) return null;
  return (
    <p className="changed" dir="auto">
      {marked(
        say('changed', { time: when(at, zone, now, false, spoken), what: alert.whatChanged }),
      )}
    </p>
  );
}

// What is planned and not confirmed, what lasts longer than said, what works again.
function Standing(props: { alert: AlertJson; zone: string; now: number; place: Place }) {
  const { alert, zone, now, place } = props;
  const spoken = useSpoken();
  const { occasion } = roundAt(alert, place.wardId ?? '');
  const cleared = clearedAt(alert, place.siteId ?? '');
  const marked = useMarked(alert);
  const lines = [
    standing(alert, occasion, zone, now, spoken),
    namesAll(alert.whatChanged ?? '', cleared) ? '' : clearedText(cleared, zone, now, spoken),
  ];
  return lines.map((line) =>
    line === '' ? null : (
      <p key={line} className="stay" dir="auto">
        {marked(line)}
      </p>
    ),
  );
}

function Places({ alert, place }: { alert: AlertJson; place: Place }) {
  const say = useSay();
  const marked = useMarked(alert);
  const facts: [string, string][] = [
    [say('downtimePc'), alert.downtimePc || place.downtimePc],
    [say('binder'), alert.binder || place.binder],
    [say('reason'), marked(alert.reason ?? '')],
    [say('ticket'), alert.ticket ?? ''],
    [say('publishedBy'), alert.publishedBy ?? ''],
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
