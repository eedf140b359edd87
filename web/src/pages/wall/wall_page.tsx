import type { Station } from '../../live/station.ts';
import { board, isStale } from '../../state/endpoint/board.ts';
import { clock, clockWithSeconds } from '../../state/time/words.ts';
import { count } from '../../state/words.ts';
import { here } from '../here.ts';
import { useStation } from '../use_station.ts';
import { WallNotice } from './wall_notice.tsx';
import { WallRow } from './wall_row.tsx';

// More than these do not fit a screen that is read from six metres; beside a long headline fewer.
const rowsThatFit = (headline: string) => ([...headline].length > 70 ? 1 : 2);

export function WallPage({ station }: { station: Station }) {
  const view = useStation(station);
  const place = here(view);
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
            ? 'Wardcast cannot be reached.'
            : `No news since ${clockWithSeconds(view.heardAt, place.zone)}. May be out of date.`}
        </p>
      ) : null}
      <main>
        {first === undefined ? (
          <div className="wall-empty">
            {view.syncedOnce ? (
              <p className="wall-big">No open notices</p>
            ) : (
              <p className="wall-big">Connecting…</p>
            )}
          </div>
        ) : (
          <>
            <WallNotice
              held={first}
              zone={place.zone}
              now={view.now}
              place={place}
              large={others.length === 0}
            />
            {others.slice(0, rows).map((held) => (
              <WallRow key={held.alert.id} held={held} zone={place.zone} now={view.now} />
            ))}
            {hidden > 0 ? (
              <p className="wall-more">and {count(hidden, 'more notice', 'more notices')}</p>
            ) : null}
          </>
        )}
      </main>
    </div>
  );
}
