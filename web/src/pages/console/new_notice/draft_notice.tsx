import './new_notice.css';
import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { AlertService } from '../../../gen/wardcast/v1/alert_service_pb.ts';
import { isDrill } from '../../../state/drill/drills.ts';
import { formOfDraft } from '../../../state/publish/draft_alert.ts';
import { instant } from '../../../state/time/notice_times.ts';
import { when } from '../../../state/time/words.ts';
import { useConsole } from '../console_context.ts';
import { useDirectory } from '../directory.ts';
import { ProblemNote } from '../problem_note.tsx';
import { Compose } from './compose.tsx';
import { forgetForm, keptForm } from './kept_form.ts';

// Goes on with a draft: what was typed in this tab since, if nobody has written over it.
export function DraftNotice({ id }: { id: string }) {
  const { browser, client, clock } = useConsole();
  const [, go] = useLocation();
  const directory = useDirectory();
  const draft = useQuery({
    queryKey: ['draft', id],
    queryFn: async () =>
      (await client.call(AlertService.method.getAlert, { alertId: id })).alert ?? {},
  });
  if (draft.data === undefined || directory.data === undefined) {
    const failed = draft.error ?? directory.error;
    if (failed === null) return <Loader className="late" aria-label="Loading" />;
    const again = () => {
      void draft.refetch();
      void directory.refetch();
    };
    return <ProblemNote error={failed} what="The draft could not be read" again={again} />;
  }
  const alert = draft.data;
  if (alert.state !== 'DRAFT') {
    return (
      <div className="empty">
        <h1>{alert.headline || 'Notice'}</h1>
        <p>This is no draft any more.</p>
        <Link href={`/notice/${id}`}>To the notice</Link>
      </div>
    );
  }
  const zone = alert.zone || directory.data.sites[0]?.zone || 'UTC';
  const now = clock.now();
  const kept = keptForm(browser, id);
  const saved = instant(alert.changedAt);
  return (
    <>
      {alert.heldBecause ? (
        <p className="held" role="note">
          <strong>Why it is a draft:</strong> {alert.heldBecause}
        </p>
      ) : null}
      <Compose
        key={id}
        start={kept?.draftRevision === (alert.revision ?? 0) ? kept : formOfDraft(alert, zone, now)}
        title={isDrill(alert) ? 'Draft of a drill' : 'Draft'}
        directory={directory.data}
        leave={{
          words: 'To all drafts',
          go: () => {
            forgetForm(browser, id);
            go(isDrill(alert) ? '/drill' : '/planned');
          },
        }}
        {...(saved === null ? {} : { note: `Saved ${when(saved, zone, now)}` })}
      />
    </>
  );
}
