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
import type { SiteJson } from '../../../gen/wardcast/v1/directory_pb.ts';
import { isDrill } from '../../../state/drill/drills.ts';
import { inZones, zonesRead } from '../../../state/life/in_zones.ts';
import { reachedSite, sameName } from '../../../state/publish/reach_words.ts';
import { sendingTitle, sendingWords } from '../../../state/publish/sending_words.ts';
import { hasPatientData, toRead } from '../../../state/publish/warnings.ts';
import { useConsole } from '../console_context.ts';
import { NoPatientData, saysPatientData } from '../pieces/no_patient_data.tsx';
import { ProblemNote } from '../problem_note.tsx';
import { useRequestIds } from '../request_ids.ts';
import { SeverityTag } from '../severity_tag.tsx';
import { Foretold } from './foretold.tsx';
import type { Foreseen } from './reach/reach.ts';

// Repeats what is about to happen. What stands here is sent, also when it is tried again.
export function Confirm(props: {
  alert: AlertJson;
  // The same as wards would read it, its blanks filled.
  read: AlertJson;
  foreseen: Foreseen;
  separate: boolean;
  draftId: string;
  zone: string;
  sites: readonly SiteJson[];
  cancel: () => void;
  refused: (violations: Violation[]) => void;
  sent: (alertId: string) => void;
}) {
  const { alert, foreseen, separate, draftId } = props;
  const { reach, warnings } = foreseen;
  const { client } = useConsole();
  const queries = useQueryClient();
  const requests = useRequestIds();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const site = reachedSite(reach, props.sites);
  const siteIds = (reach.wards ?? []).map(({ siteId }) => siteId);
  const zones = zonesRead(props.zone, siteIds, props.sites);
  const wide = foreseen.wide && site !== '';
  const publish = useMutation({
    mutationFn: () => {
      const content = {
        alert,
        confirmedReach: reach.endpoints ?? 0,
        separate,
        draftId,
        patientDataReason: reason.trim(),
      };
      return client.call(AlertService.method.publishAlert, {
        ...content,
        requestId: requests.idFor(content),
      });
    },
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: ['alerts'] });
      props.sent(answer.alert?.id ?? '');
    },
    onError: (error) => {
      const problem = problemOf(error);
      if (problem.case === 'fields') props.refused(problem.violations);
    },
  });
  const patient =
    hasPatientData(warnings) ||
    (publish.isError && saysPatientData(publish.error)) ||
    reason !== '';
  const allowed = (!wide || sameName(typed, site)) && (!patient || reason.trim() !== '');
  const drill = isDrill(alert);
  // An exercise begins at the other side and by another shape, so that no hand knows the way to both.
  const send = (
    <Button
      key="send"
      type="submit"
      loading={publish.isPending}
      disabled={!allowed}
      data-autofocus={(!wide && !patient) || undefined}
      {...(drill ? { variant: 'outline', radius: 'xl' } : { className: 'push' })}
    >
      {publish.isError ? 'Try again' : sendingWords(alert, foreseen.needsApproval)}
    </Button>
  );
  const back = (
    <Button
      key="back"
      variant="default"
      onClick={props.cancel}
      {...(drill ? { className: 'push' } : {})}
    >
      Back to the form
    </Button>
  );
  return (
    <Modal
      opened
      onClose={() => {
        // Escape that leaves a question on top of this one is not meant for it.
        if (!publish.isPending) props.cancel();
      }}
      title={sendingTitle(alert, reach)}
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
          <strong dir="auto">{props.read.headline}</strong>
        </p>
        <Foretold alert={alert} foreseen={foreseen} zone={props.zone} sayTime={inZones(zones)} />
        {toRead(warnings).map((line) => (
          <p key={line} className="flush">
            <span aria-hidden="true">⚠ </span>
            {line}
          </p>
        ))}
        {patient ? <NoPatientData value={reason} change={setReason} focus={!wide} /> : null}
        {wide ? (
          <TextInput
            label={`${wideWords(alert)} Type ${site} to send it.`}
            value={typed}
            data-autofocus
            autoComplete="off"
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        ) : null}
        {publish.isError ? <ProblemNote error={publish.error} what="Not sent yet" /> : null}
        <div className="buttons">{drill ? [send, back] : [back, send]}</div>
      </form>
    </Modal>
  );
}

function wideWords(alert: AlertJson): string {
  return alert.presentation === 'TAKEOVER'
    ? 'This takes the whole screen of ward PCs.'
    : 'This goes to more than a quarter of all wards.';
}
