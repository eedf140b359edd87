import type { HelpKind_ValueJson } from '../../gen/wardcast/v1/answer_pb.ts';
import type { Pressed } from '../../state/endpoint/press.ts';
import { helpWord } from '../../state/words.ts';

const kinds: HelpKind_ValueJson[] = ['FORMS_OR_PRINTER', 'DOWNTIME_PC', 'STAFF', 'CALL_ME'];

// Which downtime help; the choice sends. Never to be mistaken for a call for a patient.
export function HelpPanel(props: { emergencyPhone: string; press: (pressed: Pressed) => void }) {
  return (
    <fieldset className="panel">
      <legend>Which downtime help?</legend>
      <div className="buttons">
        {kinds.map((help) => (
          <button
            key={help}
            type="button"
            className="button"
            onClick={() => props.press({ response: 'NEED_HELP', help, initials: '', role: '' })}
          >
            {helpWord[help]}
          </button>
        ))}
      </div>
      <p className="emergency">
        Patient emergency:{' '}
        {props.emergencyPhone === '' ? 'use the emergency number' : `call ${props.emergencyPhone}`}
      </p>
    </fieldset>
  );
}
