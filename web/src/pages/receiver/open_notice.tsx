import { useId, useRef, useState } from 'react';
import type { Station, StationView } from '../../live/station.ts';
import { type HeldAlert, roundAt } from '../../state/endpoint/held.ts';
import { languageOf } from '../../state/language/words.ts';
import { Speaking, useSay, useSpoken } from '../../ui/language.tsx';
import { NoticeView } from '../../ui/notice/notice_view.tsx';
import type { Here } from '../here.ts';
import { AnswerBar } from './answer_bar.tsx';
import { useDisplayed } from './use_displayed.ts';

// One open notice. After *Seen*, where the strip is all that is asked for, and on clinical PCs it is
// folded to headline, times and answers; one press opens it again.
export function OpenNotice(props: {
  station: Station;
  view: StationView;
  held: HeldAlert;
  place: Here;
  first: boolean;
}) {
  const { station, view, held, place } = props;
  const id = held.alert.id ?? '';
  const say = useSay();
  const { language } = useSpoken();
  const { round, presentation } = roundAt(held.alert, place.wardId);
  const seen = held.marks.seen >= round;
  const clinical = view.state.settings?.endpoint?.class === 'CLINICAL';
  const strip = seen || clinical || presentation === 'TICKER';
  const [opened, setOpened] = useState(false);
  const heading = useId();
  const box = useRef<HTMLDivElement>(null);
  useDisplayed(station, box, id, round, place.wardId);
  const otherLog = view.life !== null && held.alert.logId !== view.life.logId;
  return (
    <div ref={box} className={props.first ? 'open first' : 'open'} data-alert={id}>
      <Speaking language={languageOf(held.alert.language)}>
        <NoticeView
          alert={held.alert}
          zone={place.zone}
          now={view.now}
          place={place}
          compact={strip && !opened}
          headingId={heading}
        >
          {otherLog ? <p className="remark">{say('otherServer')}</p> : null}
          {/* Buttons speak as the ward does, whatever the notice's own language. */}
          <Speaking language={language}>
            <AnswerBar
              station={station}
              view={view}
              held={held}
              place={place}
              seen={seen}
              folded={strip ? !opened : null}
              unfold={() => setOpened(!opened)}
            />
          </Speaking>
        </NoticeView>
      </Speaking>
    </div>
  );
}
