import { isDrill } from '../../state/drill/drills.ts';
import type { HeldAlert } from '../../state/endpoint/held.ts';
import { roundAt } from '../../state/endpoint/held.ts';
import { clearedAt, clearedText, standing } from '../../state/endpoint/standing.ts';
import {
  expectedBackFact,
  nextUpdateFact,
  startFact,
  type TimeFact,
} from '../../state/time/notice_times.ts';
import { useSay, useSpoken } from '../../ui/language.tsx';
import { useMarked } from '../../ui/notice/marked.tsx';
import type { Place } from '../../ui/notice/notice_view.tsx';
import { kindSaid, severitySaid } from '../../ui/notice/notice_words.ts';
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
  const spoken = useSpoken();
  const say = useSay();
  const marked = useMarked(alert);
  const exercise = isDrill(alert);
  const severity = alert.severity ?? 'UNSPECIFIED';
  const facts = [
    startFact(alert, props.zone, props.now, spoken),
    nextUpdateFact(alert, props.zone, props.now, spoken),
    expectedBackFact(alert, props.zone, props.now, spoken),
  ].filter((fact): fact is TimeFact => fact !== null);
  const { occasion } = roundAt(alert, props.place.wardId ?? '');
  const cleared = clearedAt(alert, props.place.siteId ?? '');
  const lines = [
    standing(alert, occasion, props.zone, props.now, spoken),
    clearedText(cleared, props.zone, props.now, spoken),
  ];
  const says = lines.some((line) => line !== '');
  const phone = alert.phone || props.place.phone;
  return (
    <article
      className={`wall-notice sev-${severity}${props.large ? ' large' : ''}${says ? ' says' : ''}${exercise ? ' exercise' : ''}`}
      data-alert={alert.id}
    >
      <div className="wall-band">
        <SeverityMark severity={severity} />
        <strong>{say(severitySaid[severity])}</strong>
        <span>{say(kindSaid[alert.kind ?? 'UNSPECIFIED'])}</span>
        {exercise ? <strong>{say('exercise')}</strong> : null}
      </div>
      <h2 dir="auto">{marked(alert.headline ?? '')}</h2>
      {(alert.serviceNames ?? []).length === 0 || !props.large || says ? null : (
        <p dir="auto" className="wall-services">
          {(alert.serviceNames ?? []).join(' · ')}
        </p>
      )}
      {alert.state === 'RECOVERING' ? (
        <p className="wall-stay">{marked(say('stayOnPaper'))}</p>
      ) : null}
      {lines.map((line) =>
        line === '' ? null : (
          <p key={line} className="wall-stay">
            {marked(line)}
          </p>
        ),
      )}
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
            <dt>{say('call')}</dt>
            <dd>{phone}</dd>
          </div>
        )}
      </dl>
    </article>
  );
}
