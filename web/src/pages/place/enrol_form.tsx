import { useState } from 'react';
import type { Arrival, Stand } from '../../live/arrival.ts';
import { endpointId } from '../../state/endpoint/endpoint_id.ts';
import { useSay } from '../../ui/language.tsx';

// A browser that is no endpoint yet: a token from the help desk, and which PC this is.
export function EnrolForm(props: { arrival: Arrival; stand: Extract<Stand, { case: 'form' }> }) {
  const { arrival, stand } = props;
  const say = useSay();
  const [name, setName] = useState<string>(stand.endpointId);
  const [token, setToken] = useState('');
  const id = endpointId(name);
  const ready = id !== null && token.trim() !== '' && !stand.busy;
  return (
    <main className="choose">
      <h1>{say('notEnrolledTitle')}</h1>
      <p>{say('notEnrolledWhy')}</p>
      {stand.problem === null ? null : <p role="alert">{stand.problem}</p>}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void arrival.enrol(token, id);
        }}
      >
        <label htmlFor="endpoint">{say('nameOnLabel')}</label>
        <input
          id="endpoint"
          value={name}
          autoComplete="off"
          spellCheck={false}
          maxLength={80}
          onChange={(event) => setName(event.target.value)}
        />
        <label htmlFor="token">{say('enrolmentLine')}</label>
        <input
          id="token"
          type="password"
          value={token}
          autoComplete="off"
          spellCheck={false}
          maxLength={32_768}
          onChange={(event) => setToken(event.target.value)}
        />
        <button type="submit" className="button primary" disabled={!ready}>
          {say(stand.busy ? 'enrolling' : 'enrolThisBrowser')}
        </button>
      </form>
      <p>
        {say('lookOn')} <a href="/">{say('console')}</a>
      </p>
    </main>
  );
}
