import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AlertJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../../gen/wardcast/v1/alert_service_pb.ts';
import type { AlertProgressJson } from '../../../../gen/wardcast/v1/progress_pb.ts';
import { didNotGoOut } from '../../../../state/life/missed.ts';
import { asksStarted, isAhead } from '../../../../state/life/planned.ts';
import { isOnWards } from '../../../../state/life/standing.ts';
import type { SayTime } from '../../../../state/time/words.ts';
import type { Directory } from '../../directory.ts';
import { ProblemNote } from '../../problem_note.tsx';
import { useAlertAction } from './alert_action.ts';
import { AllClearPanel } from './all_clear_panel.tsx';
import { ExtendPanel } from './extend_panel.tsx';
import { MissedQuestion } from './missed_question.tsx';
import { movedInPlace } from './moved_in_place.ts';
import { noNewsMinutes, useNoNews } from './no_news.ts';
import { PostponePanel } from './postpone_panel.tsx';
import { RecallPanel } from './recall_panel.tsx';
import { StartedQuestion } from './started_question.tsx';
import { UpdatePanel } from './update_panel.tsx';

type Panel = 'none' | 'update' | 'extend' | 'postpone' | 'allClear' | 'recall';

// What can be done with a notice that is open, or planned.
export function Actions(props: {
  alert: AlertJson;
  progress: AlertProgressJson | undefined;
  directory: Directory | undefined;
  zone: string;
  now: number;
  sayTime: SayTime;
}) {
  const { alert, directory, zone, now, sayTime } = props;
  const id = alert.id ?? '';
  const [panel, setPanel] = useState<Panel>('none');
  const close = () => setPanel('none');
  const noNews = useNoNews(alert);
  const send = useAlertAction(id, AlertService.method.updateAlert);
  const restored = useAlertAction(id, AlertService.method.endAlert);
  const failed = noNews.error ?? send.error ?? restored.error;
  const asksMissed = (alert.missed ?? []).length > 0;
  const shown = isOnWards(alert);
  const ahead = isAhead(alert);
  // Work that has not begun can be neither restored nor cleared; it is postponed or recalled.
  const begun = shown && !ahead;
  const opens = (which: Panel, words: string, offered: boolean, look: 'default' | 'filled') =>
    offered ? (
      <Button
        variant={look}
        aria-expanded={panel === which}
        onClick={() => setPanel(panel === which ? 'none' : which)}
        {...(which === 'recall' ? { className: 'push recall' } : {})}
      >
        {words}
      </Button>
    ) : null;
  const around = { alert, zone, now, done: close };
  return (
    <section className="actions" aria-label="Actions">
      {asksMissed ? <MissedQuestion alert={alert} zone={zone} now={now} sayTime={sayTime} /> : null}
      {asksStarted(alert, now) ? (
        <StartedQuestion
          alert={alert}
          zone={zone}
          now={now}
          sayTime={sayTime}
          postpone={() => setPanel('postpone')}
        />
      ) : null}
      <div className="buttons">
        {didNotGoOut(alert, now) && !asksMissed ? (
          <Button
            loading={send.isPending}
            onClick={() => send.mutate(movedInPlace(alert, 'sendAt', null))}
          >
            Send it now
          </Button>
        ) : null}
        {opens('update', 'Update…', true, 'default')}
        {shown ? (
          <Button variant="default" loading={noNews.isPending} onClick={() => noNews.say(now)}>
            No news, next update in {noNewsMinutes} min
          </Button>
        ) : null}
        {opens('postpone', 'Postpone…', ahead, 'default')}
        {opens('extend', 'Extend…', begun && alert.kind !== 'INFORMATION', 'default')}
        {begun && alert.state !== 'RECOVERING' ? (
          <Button
            variant="default"
            loading={restored.isPending}
            onClick={() => restored.mutate({ allClear: false })}
          >
            Restored, verifying
          </Button>
        ) : null}
        {opens('allClear', 'All clear…', begun, 'filled')}
        {opens('recall', shown ? 'Recall…' : 'Take it away…', true, 'default')}
      </div>
      {failed === null ? null : <ProblemNote error={failed} what="Not done yet" />}
      {panel === 'update' ? <UpdatePanel {...around} directory={directory} /> : null}
      {panel === 'extend' ? <ExtendPanel {...around} /> : null}
      {panel === 'postpone' ? <PostponePanel {...around} /> : null}
      {panel === 'allClear' ? (
        <AllClearPanel alert={alert} sites={sitesOf(props.progress, directory)} done={close} />
      ) : null}
      {panel === 'recall' ? <RecallPanel alert={alert} done={close} /> : null}
    </section>
  );
}

// The sites of its wards.
function sitesOf(progress: AlertProgressJson | undefined, directory: Directory | undefined) {
  const reached = new Set((progress?.byWard ?? []).map(({ siteId }) => siteId));
  return (directory?.sites ?? [])
    .filter(({ id }) => reached.has(id))
    .map(({ id = '', name }) => ({ id, name: name || id }));
}
