import { useEffect } from 'react';
import type { Place } from '../../live/place.ts';
import type { Station } from '../../live/station.ts';
import { inbox } from '../../state/endpoint/inbox.ts';
import { clock } from '../../state/time/words.ts';
import { count, severityWord } from '../../state/words.ts';
import { here } from '../here.ts';
import { useStation } from '../use_station.ts';
import { ContactBanner } from './contact_banner.tsx';
import { ContactLine } from './contact_line.tsx';
import { EndedNotice } from './ended_notice.tsx';
import { OpenNotice } from './open_notice.tsx';

export function ReceiverPage(props: { station: Station; place: Place; enrol: () => void }) {
  const { station } = props;
  const view = useStation(station);
  const place = here(view);
  const { open, ended } = inbox(view.state, view.now);
  const first = open[0];
  const title =
    first === undefined
      ? `Wardcast · ${place.wardName}`
      : `(${open.length}) ${severityWord[first.alert.severity ?? 'UNSPECIFIED']} · ${first.alert.headline}`;
  useEffect(() => station.browser.setTitle(title), [station, title]);
  const settled = view.syncedOnce || view.contact.case === 'lost' || view.heardAt === 0;
  return (
    <>
      <header className="top">
        <strong className="place">{place.wardName}</strong>
        {view.watcher ? null : <span className="pc">{place.pcName}</span>}
        <ContactLine view={view} zone={place.zone} />
      </header>
      <ContactBanner view={view} place={place} />
      <main>
        <h1 className="hidden">Open notices for {place.wardName}</h1>
        {props.place.case === 'watching' ? (
          <p className="remark">
            {props.place.name} looks on here: the notices of all wards are shown, and nothing is
            answered. This browser is not enrolled as a ward’s PC.{' '}
            <button type="button" className="button quiet" onClick={props.enrol}>
              Enrol it…
            </button>
          </p>
        ) : null}
        {view.state.settings !== null && !place.placed && !view.watcher ? (
          <p className="remark">
            This PC is not placed in a ward yet, so it can show notices but not answer for a ward.
            Please tell the help desk its name: {view.endpointId}.
          </p>
        ) : null}
        {settled ? (
          <>
            {view.syncedOnce || open.length === 0 ? null : (
              <p className="remark" role="status">
                As of {clock(view.heardAt, place.zone)}, not confirmed since.
              </p>
            )}
            {open.map((held, index) => (
              <OpenNotice
                key={held.alert.id}
                station={station}
                view={view}
                held={held}
                place={place}
                first={index === 0}
              />
            ))}
            {ended.map((held) => (
              <EndedNotice
                key={held.alert.id}
                station={station}
                view={view}
                held={held}
                place={place}
              />
            ))}
            {open.length === 0 ? (
              <Empty view={view} wardName={place.wardName} ended={ended.length} />
            ) : null}
          </>
        ) : (
          <p className="empty" role="status">
            Asking for the notices of this PC…
          </p>
        )}
      </main>
      <p className="hidden" role="status">
        {count(open.length, 'open notice', 'open notices')}
      </p>
    </>
  );
}

function Empty(props: { view: ReturnType<Station['snapshot']>; wardName: string; ended: number }) {
  const { view } = props;
  if (!view.syncedOnce) {
    return (
      <p className="empty">
        {view.contact.case === 'lost'
          ? 'It is not known whether there are notices: Wardcast has not been reached.'
          : 'Connecting…'}
      </p>
    );
  }
  if (props.ended > 0) return null;
  return (
    <div className="empty">
      <p className="big">No open notices for {props.wardName}.</p>
      <p>New ones appear here by themselves. Leave this page open.</p>
    </div>
  );
}
