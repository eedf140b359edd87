import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AlertJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../../gen/wardcast/v1/alert_service_pb.ts';
import { ProblemNote } from '../../problem_note.tsx';
import { useAlertAction } from './alert_action.ts';
import { AllClearPanel } from './all_clear_panel.tsx';
import { RecallPanel } from './recall_panel.tsx';
import { UpdatePanel } from './update_panel.tsx';

type Panel = 'none' | 'update' | 'allClear' | 'recall';
const noNewsMinutes = 30;

// What can be done with an open notice.
export function Actions(props: { alert: AlertJson; zone: string; now: number }) {
  const { alert } = props;
  const id = alert.id ?? '';
  const [panel, setPanel] = useState<Panel>('none');
  const close = () => setPanel('none');
  const toggle = (which: Panel) => setPanel(panel === which ? 'none' : which);
  const noNews = useAlertAction(id, AlertService.method.updateAlert);
  const restored = useAlertAction(id, AlertService.method.endAlert);
  const failed = noNews.error ?? restored.error;
  return (
    <section className="actions" aria-label="Actions">
      <div className="buttons">
        <Button
          variant="default"
          aria-expanded={panel === 'update'}
          onClick={() => toggle('update')}
        >
          Update…
        </Button>
        <Button
          variant="default"
          loading={noNews.isPending}
          onClick={() =>
            noNews.mutate({
              expectedRevision: alert.revision ?? 0,
              alert: { nextUpdate: { at: inMinutes(props.now, noNewsMinutes) } },
              updateMask: 'nextUpdate',
              reAlert: 'NO',
            })
          }
        >
          No news, next update in {noNewsMinutes} min
        </Button>
        {alert.state === 'RECOVERING' ? null : (
          <Button
            variant="default"
            loading={restored.isPending}
            onClick={() => restored.mutate({ allClear: false })}
          >
            Restored, verifying
          </Button>
        )}
        <Button aria-expanded={panel === 'allClear'} onClick={() => toggle('allClear')}>
          All clear…
        </Button>
        <Button
          className="push recall"
          variant="default"
          aria-expanded={panel === 'recall'}
          onClick={() => toggle('recall')}
        >
          Recall…
        </Button>
      </div>
      {failed === null ? null : <ProblemNote error={failed} what="Not done yet" />}
      {panel === 'update' ? <UpdatePanel {...props} done={close} /> : null}
      {panel === 'allClear' ? <AllClearPanel alert={alert} done={close} /> : null}
      {panel === 'recall' ? <RecallPanel alert={alert} done={close} /> : null}
    </section>
  );
}

// Rounded to the minute, so that pressing twice asks for the same thing.
function inMinutes(now: number, minutes: number): string {
  return new Date(Math.floor(now / 60_000) * 60_000 + minutes * 60_000).toISOString();
}
