import { useState } from 'react';
import type { Response_ValueJson } from '../../gen/wardcast/v1/answer_pb.ts';
import type { Pressed } from '../../state/endpoint/press.ts';
import { capital, responseWord } from '../../state/words.ts';

const roles = ['charge nurse', 'nurse', 'unit clerk', 'physician', 'technician'];
const usual: Response_ValueJson[] = ['PROCEDURE_STARTED', 'NOT_AFFECTED'];

// Who (may be left empty), then the answer; the answer sends.
export function AcknowledgePanel(props: {
  wardName: string;
  responses: readonly Response_ValueJson[];
  press: (pressed: Pressed) => void;
}) {
  const [initials, setInitials] = useState('');
  const [role, setRole] = useState('');
  const offered = props.responses.filter((each) => usual.includes(each));
  return (
    <fieldset className="panel">
      <legend>Acknowledge for {props.wardName}</legend>
      <div className="who">
        <label>
          Initials <small>(may be left empty)</small>
          <input
            value={initials}
            maxLength={8}
            size={6}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setInitials(event.target.value)}
          />
        </label>
        <fieldset className="roles">
          <legend className="hidden">Role</legend>
          {roles.map((each) => (
            <button
              key={each}
              type="button"
              className={each === role ? 'button on' : 'button'}
              aria-pressed={each === role}
              onClick={() => setRole(each === role ? '' : each)}
            >
              {each}
            </button>
          ))}
        </fieldset>
      </div>
      <div className="buttons">
        {(offered.length > 0 ? offered : usual).map((response) => (
          <button
            key={response}
            type="button"
            className="button primary"
            onClick={() => props.press({ response, help: 'UNSPECIFIED', initials, role })}
          >
            {capital(responseWord[response])}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
