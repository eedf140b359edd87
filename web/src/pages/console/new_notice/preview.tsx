import '../../../ui/notice/notice.css';
import './preview.css';
import type { AlertJson, Presentation_ValueJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import type { SiteJson } from '../../../gen/wardcast/v1/directory_pb.ts';
import { presentationWord } from '../../../state/access/scope_words.ts';
import { NoticeView } from '../../../ui/notice/notice_view.tsx';

// The notice as a ward PC will show it.
export function Preview(props: {
  alert: AlertJson;
  services: readonly string[];
  serviceNames: ReadonlyMap<string, string>;
  zone: string;
  now: number;
  sites: readonly SiteJson[];
  // How ward PCs show it, as far as it is known.
  presentation?: Presentation_ValueJson | undefined;
}) {
  const { presentation = 'UNSPECIFIED' } = props;
  const site = props.sites.find((each) => each.zone === props.zone) ?? props.sites[0];
  const shown: AlertJson = {
    ...props.alert,
    headline: props.alert.headline || 'Headline',
    state: 'ACTIVE',
    serviceNames: props.services.map((id) => props.serviceNames.get(id) ?? id),
    publishedAt: { at: new Date(props.now).toISOString() },
  };
  return (
    <aside className="preview" aria-label="Preview: what wards see">
      <p className="label">
        What wards see
        {presentation === 'UNSPECIFIED' ? '' : `, as ${presentationWord[presentation]}`}
      </p>
      <NoticeView
        alert={shown}
        zone={props.zone}
        now={props.now}
        place={{
          phone: site?.phone ?? '',
          phoneFallback: site?.phoneFallback ?? '',
          downtimePc: 'of each ward',
          binder: 'of each ward',
        }}
      />
    </aside>
  );
}
