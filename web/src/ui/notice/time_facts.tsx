import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import {
  expectedBackFact,
  nextUpdateFact,
  startFact,
  type TimeFact,
} from '../../state/time/notice_times.ts';
import { useSay, useSpoken } from '../language.tsx';

// Since, next update, expected back, and the number to call: what people look for first.
export function TimeFacts(props: {
  alert: AlertJson;
  zone: string;
  now: number;
  phone: string;
  phoneFallback: string;
}) {
  const { alert, zone, now } = props;
  const spoken = useSpoken();
  const say = useSay();
  const facts = [
    startFact(alert, zone, now, spoken),
    nextUpdateFact(alert, zone, now, spoken),
    expectedBackFact(alert, zone, now, spoken),
  ].filter((fact): fact is TimeFact => fact !== null);
  return (
    <dl className="facts">
      {facts.map((fact) => (
        <div key={fact.label} className={fact.late ? 'late' : undefined}>
          <dt>{fact.label}</dt>
          <dd>
            {fact.value}
            {fact.aside === '' ? null : <small>{fact.aside}</small>}
          </dd>
        </div>
      ))}
      {props.phone === '' && props.phoneFallback === '' ? null : (
        <div>
          <dt>{say('call')}</dt>
          <dd>
            {props.phone}
            {props.phoneFallback === '' ? null : (
              <small>{say('orOther', { other: props.phoneFallback })}</small>
            )}
          </dd>
        </div>
      )}
    </dl>
  );
}
