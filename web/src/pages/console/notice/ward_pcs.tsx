import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  AlertService,
  type UnreachedEndpointJson,
} from '../../../gen/wardcast/v1/alert_service_pb.ts';
import { DirectoryService } from '../../../gen/wardcast/v1/directory_service_pb.ts';
import { sharedIds, unreachedOf, unreachedWords } from '../../../state/progress/unreached.ts';
import { count } from '../../../state/words.ts';
import { useConsole } from '../console_context.ts';
import { ProblemNote } from '../problem_note.tsx';

const every = 10_000;

// The PCs of a ward that have not shown the notice, and for how long; read again while it is open.
export function WardPcs(props: { alertId: string; wardId: string; zone: string; now: number }) {
  const { zone, now } = props;
  const unreached = useUnreached(props.alertId);
  const shared = useSharedIds(props.wardId);
  if (unreached.data === undefined) {
    return unreached.isError ? (
      <ProblemNote
        error={unreached.error}
        what="The PCs could not be read"
        again={() => void unreached.refetch()}
      />
    ) : (
      <Loader className="late" size="sm" aria-label="Loading" />
    );
  }
  const { missing, off } = unreachedOf(props.wardId, unreached.data);
  return (
    <div className="pcs">
      {unreached.isError ? <p className="wrong">The broker does not answer.</p> : null}
      {(shared.data ?? []).map((id) => (
        <p key={id}>
          <strong>{id}</strong>: more than one machine uses this id (cloned disks?). All of them
          show notices and count as one PC.
        </p>
      ))}
      {missing.length + off.length === 0 ? <p>Every expected PC has shown it.</p> : null}
      <Pcs pcs={missing} zone={zone} now={now} />
      {off.length === 0 ? null : (
        <details>
          <summary>{count(off.length, 'PC', 'PCs')} off</summary>
          <Pcs pcs={off} zone={zone} now={now} />
        </details>
      )}
    </div>
  );
}

function Pcs(props: { pcs: UnreachedEndpointJson[]; zone: string; now: number }) {
  return (
    <ul>
      {props.pcs.map((one) => (
        <li key={one.endpoint?.id}>
          <strong>{one.endpoint?.name || one.endpoint?.id}</strong>{' '}
          <span className="dim">{unreachedWords(one, props.zone, props.now)}</span>
        </li>
      ))}
    </ul>
  );
}

function useUnreached(alertId: string) {
  const { client } = useConsole();
  return useQuery({
    queryKey: ['unreached', alertId],
    refetchInterval: every,
    queryFn: async () =>
      (await client.call(AlertService.method.listUnreached, { alertId })).endpoints ?? [],
  });
}

function useSharedIds(wardId: string) {
  const { client } = useConsole();
  return useQuery({
    queryKey: ['endpoints', wardId],
    refetchInterval: every,
    queryFn: async () => {
      const { endpoints } = await client.call(DirectoryService.method.listEndpoints, { wardId });
      return sharedIds(endpoints ?? []);
    },
  });
}
