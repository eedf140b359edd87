import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { frameToken } from '../../../api/credential.ts';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../gen/wardcast/v1/alert_service_pb.ts';
import type { AlertProgressJson } from '../../../gen/wardcast/v1/progress_pb.ts';
import type { Contact } from '../../../live/connection.ts';
import { ProgressWatch } from '../../../live/progress_watch.ts';
import { useConsole } from '../console_context.ts';

export interface Watched {
  alert: AlertJson | undefined;
  progress: AlertProgressJson | undefined;
  // Whether progress comes live; if not, it is asked for every few seconds.
  contact: Contact;
  error: unknown;
  again: () => void;
}

// One notice and how far it has come, live.
export function useWatched(alertId: string): Watched {
  const { browser, client, clock } = useConsole();
  const [live, setLive] = useState<AlertProgressJson | undefined>();
  const [contact, setContact] = useState<Contact>({ case: 'starting' });
  const asked = useQuery({
    queryKey: ['alert', alertId],
    refetchInterval: 4_000,
    queryFn: async () => {
      const answer = await client.call(AlertService.method.getAlert, { alertId });
      clock.hear(answer.progress?.serverTime);
      return answer;
    },
  });
  useEffect(() => {
    const watch = new ProgressWatch(browser, frameToken(client.credential), alertId, {
      progress(progress) {
        clock.hear(progress.serverTime);
        setLive(progress);
      },
      contact: setContact,
      // What is asked for every few seconds says why.
      refused: () => setContact({ case: 'lost' }),
    });
    return () => watch.stop();
  }, [browser, client, clock, alertId]);
  const polled = asked.data?.progress;
  return {
    alert: asked.data?.alert,
    progress: younger(live, polled),
    contact,
    error: asked.isError ? asked.error : null,
    again: () => void asked.refetch(),
  };
}

function younger(a: AlertProgressJson | undefined, b: AlertProgressJson | undefined) {
  if (a === undefined || b === undefined) return a ?? b;
  return Date.parse(a.serverTime ?? '') >= Date.parse(b.serverTime ?? '') ? a : b;
}
