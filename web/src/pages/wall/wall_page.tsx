import type { Station } from '../../live/station.ts';
import { board, isStale } from '../../state/endpoint/board.ts';
import { sayCount } from '../../state/language/say.ts';
import { languageOf } from '../../state/language/words.ts';
import { clock, clockWithSeconds } from '../../state/time/words.ts';
import { Speaking, useSay, useSpoken } from '../../ui/language.tsx';
import { here } from '../here.ts';
import { useStation } from '../use_station.ts';
import { WallNotice } from './wall_notice.tsx';
import { WallRow } from './wall_row.tsx';

// More than these do not fit a screen that is read from six metres; beside a long headline fewer.
const rowsThatFit = (headline: string) => ([...headline].length > 70 ? 1 : 2);

export function WallPage({ station }: { station: Station }) {
  const view = useStation(station);
  const spoken = useSpoken();
  const say = useSay();
  const place = here(view, spoken);
  const site = view.state.settings?.site?.name ?? '';
  const shown = board(view.state, view.now);
  const [first, ...others] = shown;
  const stale = view.heardAt > 0 && isStale(view.heardAt, view.now);
  const unheard = view.heardAt === 0;
  const rows = rowsThatFit(first?.alert.headline ?? '');
  const hidden = others.length - rows;
  return (
    <div className={stale ? 'wall stale' : 'wall'} data-testid="wall">
      <header>
        <h1>{[place.wardName, site].filter((part) => part !== '').join(' · ')}</h1>
        <time className="wall-clock">{clock(view.now, place.zone)}</time>
      </header>
      {stale || (unheard && view.contact.case === 'lost') ? (
        <p className="wall-stale" role="alert">
          {unheard
            ? say('notReached')
            : say('wallNoNews', { time: clockWithSeconds(view.heardAt, place.zone) })}
        </p>
      ) : null}
      <main>
        {first === undefined ? (
          <div className="wall-empty">
            <p className="wall-big">{say(view.syncedOnce ? 'wallNothing' : 'connecting')}</p>
          </div>
        ) : (
          <>
            <Speaking language={languageOf(first.alert.language)}>
              <WallNotice
                held={first}
                zone={place.zone}
                now={view.now}
                place={place}
                large={others.length === 0}
              />
            </Speaking>
            {others.slice(0, rows).map((held) => (
              <Speaking key={held.alert.id} language={languageOf(held.alert.language)}>
                <WallRow held={held} zone={place.zone} now={view.now} />
              </Speaking>
            ))}
            {hidden > 0 ? (
              <p className="wall-more">
                {sayCount(spoken, 'moreNoticesOne', 'moreNoticesMany', hidden)}
              </p>
            ) : null}
          </>
        )}
      </main>
    </div>
  );
}
