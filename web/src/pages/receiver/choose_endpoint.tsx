import { useState } from 'react';
import { endpointId } from '../../state/endpoint/endpoint_id.ts';
import type { EndpointId } from '../../state/endpoint/held.ts';

// Shown when the address names no endpoint.
export function ChooseEndpoint({ choose }: { choose: (id: EndpointId) => void }) {
  const [text, setText] = useState('');
  const id = endpointId(text);
  return (
    <main className="choose">
      <h1>Which PC is this?</h1>
      <p>
        Wardcast shows the notices of one PC and its ward. Type this PC’s name as on its label, for
        example 4w-pc-01. The address with it can be kept as a bookmark.
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (id !== null) choose(id);
        }}
      >
        <label htmlFor="endpoint">Name of this PC</label>
        <input
          id="endpoint"
          value={text}
          autoComplete="off"
          spellCheck={false}
          maxLength={80}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button primary" disabled={id === null}>
          Show notices
        </button>
      </form>
    </main>
  );
}
