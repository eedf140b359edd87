import { useEffect, useId, useRef, useState } from 'react';
import type { Station, StationView } from '../../live/station.ts';
import { isDrill } from '../../state/drill/drills.ts';
import { wardStand } from '../../state/endpoint/answers.ts';
import { endOfDrill } from '../../state/endpoint/drill.ts';
import { type HeldAlert, roundFor } from '../../state/endpoint/held.ts';
import { clearedAt } from '../../state/endpoint/standing.ts';
import { say } from '../../state/language/say.ts';
import { languageOf, type Spoken } from '../../state/language/words.ts';
import { answeredBy } from '../../state/person.ts';
import { instant } from '../../state/time/notice_times.ts';
import { clock, when } from '../../state/time/words.ts';
import { Speaking, useSay, useSpoken } from '../../ui/language.tsx';
import { ExerciseLine, useMarked } from '../../ui/notice/marked.tsx';
import type { Here } from '../here.ts';
import { pressAnswer } from './press_answer.ts';
import { noteBackEntryDone, putAway } from './put_away.ts';
import { RealProblem } from './real_problem.tsx';
import { useDisplayed } from './use_displayed.ts';

interface Ended {
  station: Station;
  view: StationView;
  held: HeldAlert;
  place: Here;
}

// All clear with what to enter again, a recall, or a drill that ended by itself. *Seen* puts the last
// two away, and takes an all clear to a strip that stays for who comes next, until the ward's
// back-entry is done.
export function EndedNotice(props: Ended) {
  const { station, held, place } = props;
  const { alert } = held;
  const box = useRef<HTMLDivElement>(null);
  // A part of it is over here; where it is still open, the broker counts who was shown this round.
  const round = alert.state === 'CLOSED' ? 0 : roundFor(alert, place.wardId);
  useDisplayed(station, box, alert.id ?? '', round, place.wardId);
  return (
    <div ref={box}>
      <Speaking language={languageOf(alert.language)}>
        <Card {...props} />
      </Speaking>
    </div>
  );
}

function Card(props: Ended) {
  const { held, view } = props;
  const drillEnd = endOfDrill(held.alert, view.state, view.now, view.watcher);
  return drillEnd === null ? (
    <EndedCard {...props} />
  ) : (
    <DrillOverCard {...props} stopped={drillEnd.stopped} at={drillEnd.at} />
  );
}

// "The next notice is real" stands unmarked: it is no exercise.
function DrillOverCard(props: Ended & { stopped: boolean; at: number }) {
  const { held, place, view } = props;
  const { alert } = held;
  const say = useSay();
  const spoken = useSpoken();
  const marked = useMarked(alert);
  const heading = useId();
  const time = when(props.at, place.zone, view.now, false, spoken);
  return (
    <article
      className="notice ended exercise sev-over"
      aria-labelledby={heading}
      data-alert={alert.id}
    >
      <div className="notice-band">
        <span className="mark over-mark" aria-hidden="true">
          ■
        </span>
        <strong>{say('exercise')}</strong>
        <span className="word">
          {say('drillOver')} {time}
        </span>
      </div>
      <div className="notice-body">
        <h2 id={heading} dir="auto">
          {alert.closingText ||
            (props.stopped ? say('exerciseStopped') : say('exerciseEnded', { time }))}
        </h2>
        <p className="impact" dir="auto">
          {marked(say('theExerciseWas', { headline: alert.headline ?? '' }))}
        </p>
        <div className="buttons">
          <PutAway {...props} main={true} />
        </div>
        <RealProblem {...props} />
      </div>
      <div className="notice-stripes" />
    </article>
  );
}

function EndedCard(props: Ended) {
  const { held, place, view } = props;
  const { alert } = held;
  const say = useSay();
  const spoken = useSpoken();
  const heading = useId();
  const [opened, setOpened] = useState(false);
  const recalled = alert.closing === 'RECALLED';
  const at = endedAt(alert, place.siteId) ?? view.now;
  const strip = held.marks.closingSeen && !opened;
  const exercise = isDrill(alert);
  const marked = useMarked(alert);
  return (
    <article
      className={`notice ended sev-over${exercise ? ' exercise' : ''}`}
      aria-labelledby={heading}
      data-alert={alert.id}
    >
      <div className="notice-band">
        <span className="mark over-mark" aria-hidden="true">
          {recalled ? '↩' : '✓'}
        </span>
        <span className="word">
          {say(recalled ? 'recalled' : 'allClear')} {when(at, place.zone, view.now, false, spoken)}
        </span>
        {exercise ? <strong>{say('exercise')}</strong> : null}
      </div>
      <div className="notice-body">
        <h2 id={heading} dir="auto">
          {marked(alert.headline ?? '')}
        </h2>
        {strip ? null : (
          <p className="impact" dir="auto">
            {marked(
              recalled
                ? recallText(held, place.zone, spoken)
                : clearText(held, place.siteId, spoken),
            )}
          </p>
        )}
        {recalled ? (
          <div className="buttons">
            <PutAway {...props} main={true} />
          </div>
        ) : (
          <BackEntry {...props} folded={strip} unfold={() => setOpened(true)} />
        )}
        <RealProblem {...props} />
      </div>
      {exercise ? <div className="notice-stripes" /> : null}
    </article>
  );
}

function endedAt(alert: HeldAlert['alert'], siteId: string): number | null {
  if (alert.state === 'CLOSED') return instant(alert.changedAt);
  return instant(clearedAt(alert, siteId).last?.at);
}

function recallText({ alert }: HeldAlert, zone: string, spoken: Spoken): string {
  if (alert.closingText) return alert.closingText;
  const time = instant(alert.changedAt);
  const published = instant(alert.publishedAt);
  return say(spoken, 'recalledAt', {
    time: time === null ? '' : clock(time, zone),
    published: published === null ? '' : clock(published, zone),
  });
}

function clearText({ alert }: HeldAlert, siteId: string, spoken: Spoken): string {
  const said = alert.state === 'CLOSED' ? alert.closingText : clearedAt(alert, siteId).last?.text;
  return said || say(spoken, 'serviceIsBack');
}

function PutAway({ station, held, main }: Ended & { main: boolean }) {
  const say = useSay();
  return (
    <button
      type="button"
      className={main ? 'button primary' : 'button'}
      onClick={() => void putAway(station, held.alert.id ?? '')}
    >
      {say('seen')}
    </button>
  );
}

function BackEntry(props: Ended & { folded: boolean; unfold: () => void }) {
  const { station, view, held, place, folded } = props;
  const say = useSay();
  const spoken = useSpoken();
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
    if (confirmed) void noteBackEntryDone(station, id);
  }, [station, id, confirmed]);
  const asked = list.length > 0 && place.placed;
  const pressed = press !== undefined && press.delivery.case !== 'refused';
  return (
    <>
      {list.length === 0 || folded ? null : (
        <>
          <ExerciseLine alert={held.alert} />
          <div className="lists">
            <section>
              <h3>{say('enterAgainFromPaper')}</h3>
              <ul dir="auto">
                {list.map((item) => (
                  <li key={item}>{item}</li>
                ))}
              </ul>
            </section>
          </div>
          <ExerciseLine alert={held.alert} />
        </>
      )}
      <div className="buttons">
        {!asked ? null : done !== null ? (
          <span className="seen">
            ✓ {say('backEntryDone')} · {answeredBy(done, spoken)}
          </span>
        ) : pressed ? (
          <span className="seen" role="status">
            {say('backEntryDone')} · {say('sending')}
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
            {say('backEntryDone')}
          </button>
        )}
        {held.marks.closingSeen ? null : <PutAway {...props} main={!asked || done !== null} />}
        {folded && list.length > 0 ? (
          <button type="button" className="button quiet" onClick={props.unfold}>
            {say('showWhatToDo')}
          </button>
        ) : null}
        {press?.delivery.case === 'refused' ? (
          <strong role="alert">{say('notAccepted', { reason: press.delivery.reason })}</strong>
        ) : null}
      </div>
    </>
  );
}
