import { useState } from 'react';
import type { Response_ValueJson } from '../../gen/wardcast/v1/answer_pb.ts';
import type { Pressed } from '../../state/endpoint/press.ts';
import type { Key } from '../../state/language/words.ts';
import { useSay } from '../../ui/language.tsx';

const roles: Key[] = [
  'roleChargeNurse',
  'roleNurse',
  'roleClerk',
  'rolePhysician',
  'roleTechnician',
];
const usual = ['PROCEDURE_STARTED', 'NOT_AFFECTED'] as const;
const label: Record<(typeof usual)[number], Key> = {
  PROCEDURE_STARTED: 'procedureStarted',
  NOT_AFFECTED: 'notAffected',
};

// Who (may be left empty), then the answer; the answer sends.
export function AcknowledgePanel(props: {
  wardName: string;
  responses: readonly Response_ValueJson[];
  press: (pressed: Pressed) => void;
}) {
  const say = useSay();
  const [initials, setInitials] = useState('');
  const [role, setRole] = useState('');
  const offered = usual.filter((each) => props.responses.includes(each));
  return (
    <fieldset className="panel">
      <legend>{say('acknowledgeLegend', { ward: props.wardName })}</legend>
      <div className="who">
        <label>
          {say('initials')} <small>({say('mayStayEmpty')})</small>
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
          <legend className="hidden">{say('role')}</legend>
          {roles
            .map((each) => say(each))
            .map((each) => (
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
            {say(label[response])}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
