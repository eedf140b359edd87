import { Button, Modal, TextInput } from '@mantine/core';
import '@mantine/core/styles/Modal.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/Paper.css';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, type Violation } from '../../../api/problem.ts';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../gen/wardcast/v1/alert_service_pb.ts';
import type { ReachJson } from '../../../gen/wardcast/v1/audience_pb.ts';
import type { SiteJson } from '../../../gen/wardcast/v1/directory_pb.ts';
import { isWide } from '../../../state/publish/reach_words.ts';
import { count } from '../../../state/words.ts';
import { useConsole } from '../console_context.ts';
import { ProblemNote } from '../problem_note.tsx';
import { useRequestIds } from '../request_ids.ts';
import { SeverityTag } from '../severity_tag.tsx';

// Repeats what is about to happen. What stands here is sent, also when it is tried again.
export function Confirm(props: {
  alert: AlertJson;
  reach: ReachJson;
  sites: readonly SiteJson[];
  cancel: () => void;
  refused: (violations: Violation[]) => void;
  sent: (alertId: string) => void;
}) {
  const { alert, reach } = props;
  const { client } = useConsole();
  const queries = useQueryClient();
  const requests = useRequestIds();
  const [typed, setTyped] = useState('');
  const site = reachedSite(reach, props.sites);
  const wide = isWide(reach) && site !== '';
  const allowed = !wide || same(typed, site);
  const publish = useMutation({
    mutationFn: () => {
      const content = { alert, confirmedReach: reach.endpoints ?? 0 };
      return client.call(AlertService.method.publishAlert, {
        ...content,
        requestId: requests.idFor(content),
      });
    },
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: ['alerts', 'open'] });
      props.sent(answer.alert?.id ?? '');
    },
    onError: (error) => {
      const problem = problemOf(error);
      if (problem.case === 'fields') props.refused(problem.violations);
    },
  });
  const wards = count(reach.wards?.length ?? 0, 'ward', 'wards');
  const pcs = count(reach.endpoints ?? 0, 'PC', 'PCs');
  return (
    <Modal
      opened
      onClose={() => {
        // Escape that leaves a question on top of this one is not meant for it.
        if (!publish.isPending) props.cancel();
      }}
      title={`This is REAL for ${wards} and ${pcs}`}
      size="lg"
      lockScroll={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 0 }}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (allowed) publish.mutate();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.ctrlKey && allowed && !publish.isPending)
            publish.mutate();
          event.stopPropagation();
        }}
      >
        <p className="flush line">
          <SeverityTag alert={alert} />
          <strong dir="auto">{alert.headline}</strong>
        </p>
        {(reach.notConnected ?? 0) > 0 ? (
          <p className="flush">
            {count(reach.notConnected ?? 0, 'PC is', 'PCs are')} not connected now and will get it
            on coming back.
          </p>
        ) : null}
        {wide ? (
          <TextInput
            label={`This goes to more than a quarter of all wards. Type ${site} to send it.`}
            value={typed}
            data-autofocus
            autoComplete="off"
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        ) : null}
        {publish.isError ? <ProblemNote error={publish.error} what="Not sent yet" /> : null}
        <div className="buttons">
          <Button
            type="submit"
            loading={publish.isPending}
            disabled={!allowed}
            data-autofocus={!wide || undefined}
          >
            {publish.isError ? 'Try again' : 'Send the REAL notice'}
          </Button>
          <Button variant="default" onClick={props.cancel}>
            Back to the form
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function reachedSite(reach: ReachJson, sites: readonly SiteJson[]): string {
  const first = reach.wards?.[0]?.siteId;
  return (sites.find((site) => site.id === first) ?? sites[0])?.name ?? '';
}

function same(typed: string, name: string): boolean {
  return typed.trim().toLocaleLowerCase() === name.trim().toLocaleLowerCase();
}
