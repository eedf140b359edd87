import { createContext, useContext, useEffect, useState } from 'react';
import type { ConsoleClient } from '../../api/console_client.ts';
import type { Browser } from '../../browser.ts';
import type { BrokerClock } from '../../live/broker_clock.ts';
import type { Caller } from './sign_in/roles.ts';

// What every view of the console works with.
export interface ConsoleUse {
  browser: Browser;
  client: ConsoleClient;
  clock: BrokerClock;
  caller: Caller;
  signOut: () => void;
}

export const ConsoleContext = createContext<ConsoleUse | null>(null);

export function useConsole(): ConsoleUse {
  const use = useContext(ConsoleContext);
  if (use === null) throw new Error('rendered outside of the console');
  return use;
}

// The broker's time; renders again every `ms`.
export function useNow(ms = 1_000): number {
  const { browser, clock } = useConsole();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => browser.every(ms, () => setNow(clock.now())), [browser, clock, ms]);
  return now;
}
