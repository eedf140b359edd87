import type { HeldAlert } from '../../state/endpoint/held.ts';
import {
  expectedBackFact,
  nextUpdateFact,
  startFact,
  type TimeFact,
} from '../../state/time/notice_times.ts';
import { kindWord, severityWord } from '../../state/words.ts';
import type { Place } from '../../ui/notice/notice_view.tsx';
import { SeverityMark } from '../../ui/notice/severity_mark.tsx';

// The most severe notice, readable from six metres.
export function WallNotice(props: {
  held: HeldAlert;
  zone: string;
  now: number;
  place: Place;
  // It has the screen to itself.
  large: boolean;
}) {
  const { alert } = props.held;
  const severity = alert.severity ?? 'UNSPECIFIED';
  const facts = [
    startFact(alert, props.zone, props.now),
    nextUpdateFact(alert, props.zone, props.now),
    expectedBackFact(alert, props.zone, props.now),
  ].filter((fact): fact is TimeFact => fact !== null);
  const phone = alert.phone || props.place.phone;
  return (
    <article
      className={`wall-notice sev-${severity}${props.large ? ' large' : ''}`}
      data-alert={alert.id}
    >
      <div className="wall-band">
        <SeverityMark severity={severity} />
        <strong>{severityWord[severity]}</strong>
        <span>{kindWord[alert.kind ?? 'UNSPECIFIED']}</span>
        {alert.status === 'EXERCISE' ? <strong>EXERCISE</strong> : null}
      </div>
      <h2 dir="auto">
        {alert.status === 'EXERCISE' ? `EXERCISE · ${alert.headline}` : alert.headline}
      </h2>
      {(alert.serviceNames ?? []).length === 0 || !props.large ? null : (
        <p dir="auto" className="wall-services">
          {(alert.serviceNames ?? []).join(' · ')}
        </p>
      )}
      {alert.state === 'RECOVERING' ? (
        <p className="wall-stay">Restored, verifying. Stay on paper until the all clear.</p>
      ) : null}
      <dl className="wall-facts">
        {facts.map((fact) => (
          <div key={fact.label} className={fact.late ? 'late' : undefined}>
            <dt>{fact.label}</dt>
            <dd>{fact.value}</dd>
            {props.large || fact.late ? <dd className="aside">{fact.aside}</dd> : null}
          </div>
        ))}
        {phone === '' || !props.large ? null : (
          <div>
            <dt>Call</dt>
            <dd>{phone}</dd>
          </div>
        )}
      </dl>
    </article>
  );
}
