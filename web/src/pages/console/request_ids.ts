import { useRef } from 'react';
import { ulid } from '../../state/ulid.ts';
import { useConsole } from './console_context.ts';

// One request id for one content: trying again after a failure sends the same id, so that it is done
// once. `done` forgets it, so that the same thing can be asked for again later.
export function useRequestIds(): { idFor(content: unknown): string; done(): void } {
  const { browser, clock } = useConsole();
  const ids = useRef(new Map<string, string>());
  return {
    idFor(content) {
      const key = JSON.stringify(content);
      const id = ids.current.get(key) ?? ulid(clock.now(), browser.randomBytes(10));
      ids.current.set(key, id);
      return id;
    },
    done: () => ids.current.clear(),
  };
}
