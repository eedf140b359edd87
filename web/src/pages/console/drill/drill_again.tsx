import '../new_notice/new_notice.css';
import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { AlertService } from '../../../gen/wardcast/v1/alert_service_pb.ts';
import { drillAgain } from '../../../state/drill/drill_form.ts';
import { isDrill } from '../../../state/drill/drills.ts';
import { useConsole } from '../console_context.ts';
import { useDirectory } from '../directory.ts';
import { Compose } from '../new_notice/compose.tsx';
import { forgetForm, keptAt } from '../new_notice/kept_form.ts';
import { ProblemNote } from '../problem_note.tsx';

// An earlier drill once more, for an audience that is chosen anew.
export function DrillAgain({ id }: { id: string }) {
  const { browser, client } = useConsole();
  const [, go] = useLocation();
  const directory = useDirectory();
  const earlier = useQuery({
    queryKey: ['drill-again', id],
    // The form begins once.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () =>
      (await client.call(AlertService.method.getAlert, { alertId: id })).alert ?? {},
  });
  if (earlier.data === undefined || directory.data === undefined) {
    const failed = earlier.error ?? directory.error;
    if (failed === null) return <Loader className="late" aria-label="Loading" />;
    const again = () => {
      void earlier.refetch();
      void directory.refetch();
    };
    return <ProblemNote error={failed} what="The drill could not be read" again={again} />;
  }
  if (!isDrill(earlier.data)) {
    return (
      <div className="empty">
        <h1>{earlier.data.headline || 'Notice'}</h1>
        <p>This was no drill, and is not copied into one.</p>
        <Link href="/drill">To the drills</Link>
      </div>
    );
  }
  return (
    <Compose
      start={drillAgain(earlier.data)}
      title="Drill, once more"
      note="The audience is chosen anew."
      directory={directory.data}
      leave={{
        words: 'To the drills',
        go: () => {
          forgetForm(browser, keptAt({ draftId: '', drill: true }));
          go('/drill');
        },
      }}
    />
  );
}
