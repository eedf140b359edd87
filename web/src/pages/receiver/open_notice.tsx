import { useEffect, useId, useRef, useState } from 'react';
import type { Station, StationView } from '../../live/station.ts';
import { type HeldAlert, roundFor } from '../../state/endpoint/held.ts';
import { NoticeView } from '../../ui/notice/notice_view.tsx';
import type { Here } from '../here.ts';
import { AnswerBar } from './answer_bar.tsx';
import { noteDisplayed } from './note_displayed.ts';

// One open notice. After *Seen* it is folded to headline, times and answers; one press opens it again.
export function OpenNotice(props: {
  station: Station;
  view: StationView;
  held: HeldAlert;
  place: Here;
  first: boolean;
}) {
  const { station, view, held, place } = props;
  const id = held.alert.id ?? '';
  const round = roundFor(held.alert, place.wardId);
  const seen = held.marks.seen >= round;
  const [opened, setOpened] = useState(false);
  const heading = useId();
  const box = useRef<HTMLDivElement>(null);
  useDisplayed(station, box, id, round, place.wardId);
  const otherLog = view.life !== null && held.alert.logId !== view.life.logId;
  return (
    <div ref={box} className={props.first ? 'open first' : 'open'} data-alert={id}>
      <NoticeView
        alert={held.alert}
        zone={place.zone}
        now={view.now}
        place={place}
        compact={seen && !opened}
        headingId={heading}
      >
        {otherLog ? (
          <p className="remark">
            This notice is from another Wardcast server and is not confirmed by this one.
          </p>
        ) : null}
        <AnswerBar
          station={station}
          view={view}
          held={held}
          place={place}
          seen={seen}
          folded={seen ? !opened : null}
          unfold={() => setOpened(!opened)}
        />
      </NoticeView>
    </div>
  );
}

// DISPLAYED is true only once it is painted, in sight, on a page that a person could see.
function useDisplayed(
  station: Station,
  box: React.RefObject<HTMLDivElement | null>,
  alertId: string,
  round: number,
  wardId: string,
): void {
  useEffect(() => {
    const { browser } = station;
    const element = box.current?.querySelector('.notice-band');
    if (!element || round === 0) return;
    let inView = false;
    let cancelPaint = () => {};
    const look = () => {
      cancelPaint();
      if (!inView || !browser.visible()) return;
      cancelPaint = browser.afterPaint(() => {
        if (browser.visible()) noteDisplayed(station, alertId, wardId);
      });
    };
    const stopIntersect = browser.onIntersect(element, (now) => {
      inView = now;
      look();
    });
    const stopVisibility = browser.onVisibility(look);
    return () => {
      cancelPaint();
      stopIntersect();
      stopVisibility();
    };
  }, [station, box, alertId, round, wardId]);
}
