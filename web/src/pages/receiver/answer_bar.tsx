import { useState } from 'react';
import type { Station, StationView } from '../../live/station.ts';
import { answerLines } from '../../state/endpoint/answer_lines.ts';
import type { HeldAlert } from '../../state/endpoint/held.ts';
import type { Pressed } from '../../state/endpoint/press.ts';
import { useSay, useSpoken } from '../../ui/language.tsx';
import type { Here } from '../here.ts';
import { AcknowledgePanel } from './acknowledge_panel.tsx';
import { AnswerLineList } from './answer_line_list.tsx';
import { HelpPanel } from './help_panel.tsx';
import { pressAnswer } from './press_answer.ts';
import { pressSeen } from './press_seen.ts';
import { RealProblem } from './real_problem.tsx';

// The three answers, and what has been answered so far. Nothing here takes the focus by itself, and
// no field sends on Enter: a bar-code scanner types and presses Enter.
export function AnswerBar(props: {
  station: Station;
  view: StationView;
  held: HeldAlert;
  place: Here;
  seen: boolean;
  // Folded after *Seen*; null: not foldable.
  folded: boolean | null;
  unfold: () => void;
}) {
  const { station, view, held, place } = props;
  const say = useSay();
  const spoken = useSpoken();
  const [panel, setPanel] = useState<'none' | 'acknowledge' | 'help'>('none');
  const id = held.alert.id ?? '';
  const { lines, answered, helpAsked } = answerLines(
    held,
    place.wardId,
    place.wardName,
    view.outbox,
    spoken,
  );
  const press = (pressed: Pressed) => {
    void pressAnswer(station, id, place.wardId, pressed);
    setPanel('none');
  };
  const toggle = (which: 'acknowledge' | 'help') => setPanel(panel === which ? 'none' : which);
  const urge = (held.alert.asksAnswer ?? false) && !answered;
  return (
    <div className="answers">
      <AnswerLineList lines={lines} zone={place.zone} now={view.now} />
      <div className="buttons">
        {view.watcher ? null : props.seen ? (
          <span className="seen">
            <span aria-hidden="true">✓</span> {say('seenHere')}
          </span>
        ) : (
          <button
            type="button"
            className={urge || answered ? 'button' : 'button primary'}
            onClick={() => void pressSeen(station, id, place.wardId)}
          >
            {say('seen')}
          </button>
        )}
        {place.placed ? (
          <>
            <button
              type="button"
              className={urge ? 'button primary' : 'button'}
              aria-expanded={panel === 'acknowledge'}
              onClick={() => toggle('acknowledge')}
            >
              {answered ? say('changeTheAnswer') : say('acknowledgeFor', { ward: place.wardName })}
            </button>
            <button
              type="button"
              className="button"
              aria-expanded={panel === 'help'}
              onClick={() => toggle('help')}
            >
              {say(helpAsked ? 'needMoreHelp' : 'needDowntimeHelp')}
            </button>
          </>
        ) : null}
        {props.folded === null ? null : (
          <button type="button" className="button quiet" onClick={props.unfold}>
            {say(props.folded ? 'showWhatToDo' : 'showLess')}
          </button>
        )}
      </div>
      {panel === 'acknowledge' ? (
        <AcknowledgePanel
          wardName={place.wardName}
          responses={view.state.settings?.responses ?? []}
          press={press}
        />
      ) : null}
      {panel === 'help' ? <HelpPanel emergencyPhone={place.emergencyPhone} press={press} /> : null}
      <RealProblem station={station} view={view} held={held} place={place} />
    </div>
  );
}
