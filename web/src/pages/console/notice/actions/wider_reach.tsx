import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AlertJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../../gen/wardcast/v1/alert_service_pb.ts';
import type { PreviewAudienceResponseJson } from '../../../../gen/wardcast/v1/publishing_pb.ts';
import { reachedSite, reachWords, sameName } from '../../../../state/publish/reach_words.ts';
import { useConsole } from '../../console_context.ts';
import type { Directory } from '../../directory.ts';
import { ProblemNote } from '../../problem_note.tsx';

export interface Wider {
  said: PreviewAudienceResponseJson | undefined;
  error: unknown;
  again: () => void;
  // To be typed; empty: nothing.
  site: string;
  typed: string;
  type: (text: string) => void;
  // Whom the update reaches is known, and confirmed where it has to be.
  ready: boolean;
  input: { confirmedReach?: number };
}

// Whom a notice reaches once it names other services.
export function useWiderReach(
  alert: AlertJson,
  services: readonly string[],
  before: readonly string[],
  directory: Directory | undefined,
): Wider {
  const { client } = useConsole();
  const [typed, type] = useState('');
  const added = services.some((id) => !before.includes(id));
  const asked = { audience: alert.audience ?? {}, services: [...services] };
  const answer = useQuery({
    queryKey: ['reach', 'update', asked],
    enabled: added,
    queryFn: () => client.call(AlertService.method.previewAudience, asked),
  });
  const said = added ? answer.data : undefined;
  const wide = said?.needsConfirmedReach ?? false;
  const site = wide ? reachedSite(said?.reach ?? {}, directory?.sites ?? []) : '';
  return {
    said,
    error: added && answer.isError ? answer.error : null,
    again: () => void answer.refetch(),
    site,
    typed,
    type,
    ready: !added || (said !== undefined && (site === '' || sameName(typed, site))),
    input: wide ? { confirmedReach: said?.reach?.endpoints ?? 0 } : {},
  };
}

// Says whom it then reaches; a wide one is confirmed by typing the site's name.
export function WiderReach({ wider }: { wider: Wider }) {
  const { said, site } = wider;
  if (wider.error !== null) {
    return (
      <ProblemNote
        error={wider.error}
        what="It is not known whom this reaches"
        again={wider.again}
      />
    );
  }
  if (said === undefined) return null;
  return (
    <>
      <p className="flush" role="status">
        Then it reaches <strong>{reachWords(said.reach ?? {})}</strong>
      </p>
      {site === '' ? null : (
        <TextInput
          label={`This goes to more than a quarter of all wards. Type ${site} to send it.`}
          value={wider.typed}
          autoComplete="off"
          onChange={(event) => wider.type(event.currentTarget.value)}
        />
      )}
    </>
  );
}
