import { useState } from 'react';
import type { Arrival, Stand } from '../../live/arrival.ts';
import { endpointId } from '../../state/endpoint/endpoint_id.ts';

// A browser that is no endpoint yet: a token from the help desk, and which PC this is.
export function EnrolForm(props: { arrival: Arrival; stand: Extract<Stand, { case: 'form' }> }) {
  const { arrival, stand } = props;
  const [name, setName] = useState<string>(stand.endpointId);
  const [token, setToken] = useState('');
  const id = endpointId(name);
  const ready = id !== null && token.trim() !== '' && !stand.busy;
  return (
    <main className="choose">
      <h1>This browser is not enrolled yet</h1>
      <p>
        Once it is, notices for this PC’s ward appear here by themselves. The help desk gives you an
        enrolment line for it.
      </p>
      {stand.problem === null ? null : <p role="alert">{stand.problem}</p>}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void arrival.enrol(token, id);
        }}
      >
        <label htmlFor="endpoint">Name of this PC, as on its label</label>
        <input
          id="endpoint"
          value={name}
          autoComplete="off"
          spellCheck={false}
          maxLength={80}
          onChange={(event) => setName(event.target.value)}
        />
        <label htmlFor="token">Enrolment line or token</label>
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
          {stand.busy ? 'Enrolling…' : 'Enrol this browser'}
        </button>
      </form>
      <p>
        To look on without enrolling, <a href="/">sign in to the console</a> and come back.
      </p>
    </main>
  );
}
