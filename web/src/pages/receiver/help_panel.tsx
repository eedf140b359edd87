import type { HelpKind_ValueJson } from '../../gen/wardcast/v1/answer_pb.ts';
import type { Pressed } from '../../state/endpoint/press.ts';
import type { Key } from '../../state/language/words.ts';
import { useSay } from '../../ui/language.tsx';

const kinds: [HelpKind_ValueJson, Key][] = [
  ['FORMS_OR_PRINTER', 'formsOrPrinter'],
  ['DOWNTIME_PC', 'downtimePc'],
  ['STAFF', 'staff'],
  ['CALL_ME', 'callMe'],
];

// Which downtime help; the choice sends. Never to be mistaken for a call for a patient.
export function HelpPanel(props: { emergencyPhone: string; press: (pressed: Pressed) => void }) {
  const say = useSay();
  return (
    <fieldset className="panel">
      <legend>{say('whichDowntimeHelp')}</legend>
      <div className="buttons">
        {kinds.map(([help, label]) => (
          <button
            key={help}
            type="button"
            className="button"
            onClick={() => props.press({ response: 'NEED_HELP', help, initials: '', role: '' })}
          >
            {say(label)}
          </button>
        ))}
      </div>
      <p className="emergency">
        {props.emergencyPhone === ''
          ? say('emergencyNumber')
          : say('patientEmergency', { phone: props.emergencyPhone })}
      </p>
    </fieldset>
  );
}
