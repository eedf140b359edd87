import { useEffect, useId } from 'react';
import type { Station, StationView } from '../../live/station.ts';
import { wardStand } from '../../state/endpoint/answers.ts';
import type { HeldAlert } from '../../state/endpoint/held.ts';
import { answeredBy } from '../../state/person.ts';
import { instant } from '../../state/time/notice_times.ts';
import { clock, when } from '../../state/time/words.ts';
import type { Here } from '../here.ts';
import { pressAnswer } from './press_answer.ts';
import { putAway } from './put_away.ts';

// All clear with what to enter again, or a recall: shown until somebody has put it away.
export function EndedNotice(props: {
  station: Station;
  view: StationView;
  held: HeldAlert;
  place: Here;
}) {
  const { station, view, held, place } = props;
  const { alert } = held;
  const heading = useId();
  const changed = instant(alert.changedAt) ?? view.now;
  const recalled = alert.closing === 'RECALLED';
  return (
    <article className="notice ended sev-over" aria-labelledby={heading} data-alert={alert.id}>
      <div className="notice-band">
        <span className="mark over-mark" aria-hidden="true">
          {recalled ? '↩' : '✓'}
        </span>
        <span className="word">
          {recalled ? 'RECALLED' : 'ALL CLEAR'} {when(changed, place.zone, view.now)}
        </span>
        {alert.status === 'EXERCISE' ? <strong>EXERCISE</strong> : null}
      </div>
      <div className="notice-body">
        <h2 id={heading} dir="auto">
          {alert.headline}
        </h2>
        <p className="impact" dir="auto">
          {recalled
            ? recallText(held, place.zone)
            : alert.closingText || 'The service is back. You can use it again.'}
        </p>
        {recalled ? (
          <div className="buttons">
            <button
              type="button"
              className="button primary"
              onClick={() => void putAway(station, alert.id ?? '')}
            >
              Seen
            </button>
          </div>
        ) : (
          <BackEntry {...props} />
        )}
      </div>
    </article>
  );
}

function recallText({ alert }: HeldAlert, zone: string): string {
  const published = instant(alert.publishedAt);
  const standard = `The notice${published === null ? '' : ` of ${clock(published, zone)}`} was sent by mistake. No action needed.`;
  return alert.closingText || standard;
}

function BackEntry(props: { station: Station; view: StationView; held: HeldAlert; place: Here }) {
  const { station, view, held, place } = props;
  const id = held.alert.id ?? '';
  const list = held.alert.backEntry ?? [];
  const done = wardStand(held, place.wardId).backEntryDone;
  const press = [...view.outbox.values()].find(
    (item) =>
      item.alertId === id &&
      item.body.case === 'press' &&
      item.body.press.response === 'BACK_ENTRY_DONE',
  );
  const confirmed = press?.delivery.case === 'confirmed';
  useEffect(() => {
    if (confirmed) void putAway(station, id);
  }, [station, id, confirmed]);
  const putAwayButton = (
    <button type="button" className="button primary" onClick={() => void putAway(station, id)}>
      Seen
    </button>
  );
  if (list.length === 0 || !place.placed) return <div className="buttons">{putAwayButton}</div>;
  return (
    <>
      <div className="lists">
        <section>
          <h3>Enter again what was written on paper</h3>
          <ul dir="auto">
            {list.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </section>
      </div>
      <div className="buttons">
        {done !== null ? (
          <>
            <span className="seen">✓ Back-entry done · {answeredBy(done)}</span>
            {putAwayButton}
          </>
        ) : press !== undefined && press.delivery.case !== 'refused' ? (
          <span className="seen" role="status">
            Back-entry done · sending…
          </span>
        ) : (
          <button
            type="button"
            className="button primary"
            onClick={() =>
              void pressAnswer(station, id, place.wardId, {
                response: 'BACK_ENTRY_DONE',
                help: 'UNSPECIFIED',
                initials: '',
                role: '',
              })
            }
          >
            Back-entry done
          </button>
        )}
        {press?.delivery.case === 'refused' ? (
          <strong role="alert">Not accepted: {press.delivery.reason}</strong>
        ) : null}
      </div>
    </>
  );
}
