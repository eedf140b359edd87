import { useState } from 'react';
import { endpointId } from '../../state/endpoint/endpoint_id.ts';
import type { EndpointId } from '../../state/endpoint/held.ts';
import { useSay } from '../../ui/language.tsx';

// Shown when the address names no endpoint.
export function ChooseEndpoint({ choose }: { choose: (id: EndpointId) => void }) {
  const say = useSay();
  const [text, setText] = useState('');
  const id = endpointId(text);
  return (
    <main className="choose">
      <h1>{say('whichPc')}</h1>
      <p>{say('whichPcWhy', { example: '4w-pc-01' })}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (id !== null) choose(id);
        }}
      >
        <label htmlFor="endpoint">{say('nameOfThisPc')}</label>
        <input
          id="endpoint"
          value={text}
          autoComplete="off"
          spellCheck={false}
          maxLength={80}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button primary" disabled={id === null}>
          {say('showNotices')}
        </button>
      </form>
    </main>
  );
}
