import '../pieces/pieces.css';
import { useState } from 'react';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import type { AlertProgressJson } from '../../../gen/wardcast/v1/progress_pb.ts';
import { copiesOf } from '../../../state/life/copy_as.ts';
import type { SayTime } from '../../../state/time/words.ts';
import type { Directory } from '../directory.ts';
import { CopyText } from '../pieces/copy_text.tsx';

// The notice for where Wardcast does not reach.
export function CopyAs(props: {
  alert: AlertJson;
  progress: AlertProgressJson | undefined;
  directory: Directory | undefined;
  zone: string;
  now: number;
  sayTime: SayTime;
}) {
  const [open, setOpen] = useState(false);
  return (
    <details
      className="box folded"
      data-testid="copy-as"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>Copy as: overhead page, phone script, e-mail, ticket note</summary>
      {open ? <Texts {...props} /> : null}
    </details>
  );
}

function Texts(props: Parameters<typeof CopyAs>[0]) {
  const { alert, progress, zone, now, sayTime } = props;
  const site = props.directory?.sites.find((each) => each.zone === zone);
  const phone = (site ?? props.directory?.sites[0])?.phone ?? '';
  const copies = copiesOf(alert, { zone, now, sayTime, phone, progress });
  return (
    <div className="copies">
      <CopyText label="Overhead page" text={copies.overheadPage} rows={5} />
      <CopyText label="Phone script" text={copies.phoneScript} rows={5} />
      <CopyText label="E-mail" text={copies.mail} rows={7} />
      <CopyText label="Ticket note" text={copies.ticketNote} rows={7} />
    </div>
  );
}
