import { UnstyledButton } from '@mantine/core';
import type { TemplateJson } from '../../../gen/wardcast/v1/directory_pb.ts';
import { kindRefusal } from '../../../state/access/coverage.ts';
import { templateAlert } from '../../../state/publish/template_alert.ts';
import { useConsole } from '../console_context.ts';
import { SeverityTag } from '../severity_tag.tsx';

export function TemplateTiles(props: {
  templates: readonly TemplateJson[];
  choose: (template: TemplateJson) => void;
}) {
  const { caller } = useConsole();
  if (props.templates.length === 0) {
    return (
      <div className="empty">
        <p className="big">There is no template yet.</p>
        <p>Import them with the hospital’s directory: wardcast import FOLDER (templates.json).</p>
      </div>
    );
  }
  return (
    <>
      <h1>New notice</h1>
      <p className="dim">
        Take the template that fits best. Everything can be changed before it is sent.
      </p>
      <ul className="tiles">
        {props.templates.map((template) => {
          const alert = templateAlert(template.alertJson ?? '');
          const refusal = kindRefusal(caller.grants, alert.kind ?? 'UNSPECIFIED');
          return (
            <li key={template.id}>
              <UnstyledButton
                className="tile"
                data-template={template.id}
                disabled={refusal !== null}
                onClick={() => props.choose(template)}
              >
                <SeverityTag alert={alert} />
                <strong>{template.title}</strong>
                <span className="dim">{template.hint}</span>
                {refusal === null ? null : <span className="wrong">{refusal}</span>}
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
    </>
  );
}
