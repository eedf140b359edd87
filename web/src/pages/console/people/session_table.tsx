import { Button, Loader } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { AccessService } from '../../../gen/wardcast/v1/access_service_pb.ts';
import { useConsole, useNow } from '../console_context.ts';
import { Ago } from '../pieces/ago_time.tsx';
import { rowsAtOnce, ShowMore } from '../pieces/show_more.tsx';
import { ProblemNote } from '../problem_note.tsx';
import { sessionsKey, useSessions } from './people_queries.ts';

// Who is signed in, since when and from where; one press ends it.
export function SessionTable(props: {
  // Of this account; empty: of everybody.
  account: string;
  zone: string;
}) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const now = useNow(15_000);
  const sessions = useSessions(props.account);
  const [limit, setLimit] = useState(rowsAtOnce);
  const end = useMutation({
    mutationFn: (id: string) => client.call(AccessService.method.endSession, { id }),
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsKey }),
  });
  const all = props.account === '';
  if (sessions.data === undefined) {
    return sessions.isError ? (
      <ProblemNote
        error={sessions.error}
        what="Who is signed in could not be read"
        again={() => void sessions.refetch()}
      />
    ) : (
      <Loader className="late" size="sm" aria-label="Loading" />
    );
  }
  return (
    <>
      {end.isError ? <ProblemNote error={end.error} what="The session was not ended" /> : null}
      {sessions.data.length === 0 ? (
        <p className="dim flush">Not signed in now.</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              {all ? <th scope="col">Account</th> : null}
              <th scope="col">Since</th>
              <th scope="col">Last call</th>
              <th scope="col">From</th>
              <th scope="col" className="last">
                <span className="unseen">End it</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sessions.data.slice(0, limit).map((session) => (
              <tr key={session.id} data-session={session.account}>
                {all ? <th scope="row">{session.account}</th> : null}
                <td>
                  <Ago at={session.created} never="" zone={props.zone} now={now} />
                </td>
                <td>
                  <Ago at={session.seen} never="" zone={props.zone} now={now} />
                </td>
                <td>{session.peer}</td>
                <td className="last">
                  <Button
                    size="xs"
                    variant="default"
                    loading={end.isPending && end.variables === session.id}
                    onClick={() => end.mutate(session.id ?? '')}
                    aria-label={`End the session of ${session.account} from ${session.peer}`}
                  >
                    End
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ShowMore total={sessions.data.length} shown={limit} show={setLimit} />
    </>
  );
}
