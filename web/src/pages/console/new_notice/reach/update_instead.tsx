import { Button } from '@mantine/core';
import type { AlertJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { AskDialog } from '../../dialog/ask_dialog.tsx';
import { OpenNoticeLines } from './open_notices.tsx';

// Asked before a second notice about the same service: a colleague's may be the same outage.
export function UpdateInstead(props: {
  notices: readonly AlertJson[];
  separate: () => void;
  leave: () => void;
}) {
  return (
    <AskDialog title="Update the open notice?" leave={props.leave}>
      <OpenNoticeLines notices={props.notices} focus />
      <p className="dim">Two notices about one outage confuse the wards.</p>
      <div className="buttons">
        <Button variant="default" onClick={props.leave}>
          Back to the form
        </Button>
        <Button variant="default" className="push" onClick={props.separate}>
          This is another matter: send it as well
        </Button>
      </div>
    </AskDialog>
  );
}
