import { useId, useState } from 'react';
import type { Station, StationView } from '../../live/station.ts';
import { isDrill } from '../../state/drill/drills.ts';
import { answerLines } from '../../state/endpoint/answer_lines.ts';
import type { HeldAlert } from '../../state/endpoint/held.ts';
import { useSay } from '../../ui/language.tsx';
import type { Here } from '../here.ts';
import { pressAnswer } from './press_answer.ts';

// On every notice of a drill: something real has happened. Reported at once, and whom to call stands
// there whether or not the report has left this PC. A second press reports nothing new.
export function RealProblem(props: {
  station: Station;
  view: StationView;
  held: HeldAlert;
  place: Here;
}) {
  const { station, view, held, place } = props;
  const say = useSay();
  const heading = useId();
  const [opened, setOpened] = useState(false);
  if (!isDrill(held.alert) || !place.placed) return null;
  const { problemReported } = answerLines(held, place.wardId, place.wardName, view.outbox);
  const press = () => {
    setOpened(true);
    if (problemReported) return;
    void pressAnswer(station, held.alert.id ?? '', place.wardId, {
      response: 'REAL_PROBLEM',
      help: 'UNSPECIFIED',
      initials: '',
      role: '',
    });
  };
  const phone = held.alert.phone || place.phone;
  const other = held.alert.phoneFallback || place.phoneFallback;
  return (
    <div className="real-problem">
      <div className="buttons">
        <button type="button" className="button" aria-expanded={opened} onClick={press}>
          {say('realProblemHere')}
        </button>
      </div>
      {opened || problemReported ? (
        <section className="panel" aria-labelledby={heading}>
          <h3 id={heading}>{say('realProblemIn', { ward: place.wardName })}</h3>
          {phone === '' && other === '' ? null : (
            <p className="numbers" dir="auto">
              {say('call')} <strong>{phone}</strong>
              {other === '' ? '' : ` ${say('orOther', { other })}`}
            </p>
          )}
          <p className="emergency">
            {place.emergencyPhone === ''
              ? say('emergencyNumber')
              : say('patientEmergency', { phone: place.emergencyPhone })}
          </p>
        </section>
      ) : null}
    </div>
  );
}
