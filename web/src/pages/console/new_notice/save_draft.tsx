import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { problemOf, problemWords } from '../../../api/problem.ts';
import { AlertService } from '../../../gen/wardcast/v1/alert_service_pb.ts';
import { draftAlert } from '../../../state/publish/draft_alert.ts';
import type { FormContext } from '../../../state/publish/form_alert.ts';
import type { NoticeForm } from '../../../state/publish/notice_form.ts';
import { useConsole } from '../console_context.ts';
import { heldKey } from '../open_alerts.ts';
import { useRequestIds } from '../request_ids.ts';
import { forgetForm, keptAt } from './kept_form.ts';

// Writes the form down as a draft that colleagues see too; the page is then that draft's.
export function SaveDraft(props: {
  form: NoticeForm;
  context: FormContext;
  // The form is now about this draft.
  saved: (form: NoticeForm) => void;
}) {
  const { form, context } = props;
  const { browser, client } = useConsole();
  const queries = useQueryClient();
  const requests = useRequestIds();
  const [, go] = useLocation();
  const save = useMutation({
    mutationFn: () => {
      const content = { alert: draftAlert(form, context), draft: true, draftId: form.draftId };
      return client.call(AlertService.method.publishAlert, {
        ...content,
        requestId: requests.idFor(content),
      });
    },
    onSuccess: async ({ alert }) => {
      requests.done();
      const id = alert?.id ?? '';
      if (form.draftId === '') forgetForm(browser, keptAt(form));
      props.saved({ ...form, draftId: id, draftRevision: alert?.revision ?? 0 });
      queries.setQueryData(['draft', id], alert);
      await queries.invalidateQueries({ queryKey: heldKey });
      if (id !== form.draftId) go(`/draft/${id}`);
    },
  });
  return (
    <>
      {save.isError ? (
        <span className="wrong" role="alert">
          Not saved: {problemWords(problemOf(save.error))}
        </span>
      ) : null}
      <Button variant="default" size="md" loading={save.isPending} onClick={() => save.mutate()}>
        Save draft
      </Button>
    </>
  );
}
