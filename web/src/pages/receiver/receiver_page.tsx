import { useEffect } from 'react';
import type { Place } from '../../live/place.ts';
import type { Station } from '../../live/station.ts';
import { isDrill } from '../../state/drill/drills.ts';
import { inbox } from '../../state/endpoint/inbox.ts';
import { sayCount } from '../../state/language/say.ts';
import { clock } from '../../state/time/words.ts';
import { useSay, useSpoken } from '../../ui/language.tsx';
import { severitySaid } from '../../ui/notice/notice_words.ts';
import { here } from '../here.ts';
import { useStation } from '../use_station.ts';
import { ContactBanner } from './contact/contact_banner.tsx';
import { ContactLine } from './contact/contact_line.tsx';
import { EndedNotice } from './ended_notice.tsx';
import { OpenNotice } from './open_notice.tsx';
import { Procedures } from './procedures/procedures.tsx';

export function ReceiverPage(props: { station: Station; place: Place; enrol: () => void }) {
  const { station } = props;
  const view = useStation(station);
  const spoken = useSpoken();
  const say = useSay();
  const place = here(view, spoken);
  const { open, ended } = inbox(view.state, view.now, view.watcher);
  const first = open[0];
  const title =
    first === undefined
      ? `Wardcast · ${place.wardName}`
      : `(${open.length}) ${isDrill(first.alert) ? `${say('exercise')} ` : ''}${say(severitySaid[first.alert.severity ?? 'UNSPECIFIED'])} · ${first.alert.headline}`;
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
        <h1 className="hidden">{say('noticesFor', { ward: place.wardName })}</h1>
        {props.place.case === 'watching' ? (
          <p className="remark">
            {say('watching', { name: props.place.name })}{' '}
            <button type="button" className="button quiet" onClick={props.enrol}>
              {say('enrolIt')}
            </button>
          </p>
        ) : null}
        {view.state.settings !== null && !place.placed && !view.watcher ? (
          <p className="remark">{say('notPlaced', { name: view.endpointId })}</p>
        ) : null}
        {settled ? (
          <>
            {view.syncedOnce || open.length === 0 ? null : (
              <p className="remark" role="status">
                {say('asOfPage', { time: clock(view.heardAt, place.zone) })}
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
            {say('asking')}
          </p>
        )}
      </main>
      <Procedures view={view} zone={place.zone} />
      <p className="hidden" role="status">
        {sayCount(spoken, 'openNoticesOne', 'openNoticesMany', open.length)}
      </p>
    </>
  );
}

function Empty(props: { view: ReturnType<Station['snapshot']>; wardName: string; ended: number }) {
  const { view } = props;
  const say = useSay();
  if (!view.syncedOnce) {
    return <p className="empty">{say(view.contact.case === 'lost' ? 'notKnown' : 'connecting')}</p>;
  }
  if (props.ended > 0) return null;
  return (
    <div className="empty">
      <p className="big">{say('noNoticesFor', { ward: props.wardName })}</p>
      <p>{say('newOnesAppear')}</p>
    </div>
  );
}
