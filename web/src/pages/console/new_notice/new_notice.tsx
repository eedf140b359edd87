import './new_notice.css';
import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CatalogueService } from '../../../gen/wardcast/v1/catalogue_service_pb.ts';
import type { TemplateJson } from '../../../gen/wardcast/v1/directory_pb.ts';
import { drillForm } from '../../../state/drill/drill_form.ts';
import { formFrom, type NoticeForm } from '../../../state/publish/notice_form.ts';
import { templateAlert } from '../../../state/publish/template_alert.ts';
import { useConsole } from '../console_context.ts';
import { useDirectory } from '../directory.ts';
import { ProblemNote } from '../problem_note.tsx';
import { Compose } from './compose.tsx';
import { forgetForm, keptAt, keptForm } from './kept_form.ts';
import { TemplateTiles } from './template_tiles.tsx';

// A tile, then one page: form on the left, what wards will see on the right.
// Of a drill the same, with other words.
export function NewNotice(props: { template?: string | undefined; drill?: boolean }) {
  const { template, drill = false } = props;
  const { browser, client } = useConsole();
  const directory = useDirectory();
  const place = keptAt({ draftId: '', drill });
  const templates = useQuery({
    queryKey: ['templates'],
    staleTime: 300_000,
    queryFn: async () =>
      (await client.call(CatalogueService.method.listTemplates, {})).templates ?? [],
  });
  const [form, setForm] = useState<NoticeForm | null>(() => keptForm(browser, place));
  if (templates.data === undefined || directory.data === undefined) {
    const failed = templates.error ?? directory.error;
    if (failed === null) return <Loader className="late" aria-label="Loading" />;
    const again = () => {
      void templates.refetch();
      void directory.refetch();
    };
    return (
      <ProblemNote error={failed} what="Templates and services could not be read" again={again} />
    );
  }
  const asked = templates.data.find((each) => each.id === template);
  const start = form ?? (asked === undefined ? null : formOf(asked, drill));
  if (start === null) {
    return (
      <TemplateTiles
        templates={templates.data}
        drill={drill}
        choose={(chosen) => setForm(formOf(chosen, drill))}
      />
    );
  }
  return (
    <Compose
      key={start.templateId}
      start={start}
      title={`${drill ? 'Drill: ' : ''}${
        templates.data.find((each) => each.id === start.templateId)?.title ?? 'Free text'
      }`}
      directory={directory.data}
      leave={{
        words: 'Other template',
        go: () => {
          forgetForm(browser, place);
          setForm(null);
          browser.setFragment(drill ? '#/drill/new' : '#/new');
        },
      }}
    />
  );
}

function formOf(template: TemplateJson, drill: boolean): NoticeForm {
  const alert = templateAlert(template.alertJson ?? '');
  return drill ? drillForm(alert, template.id ?? '') : formFrom(alert, template.id ?? '');
}
