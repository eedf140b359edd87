import { UnstyledButton } from '@mantine/core';
import type { TemplateJson } from '../../../gen/wardcast/v1/directory_pb.ts';
import { templateAlert } from '../../../state/publish/template_alert.ts';
import { SeverityTag } from '../severity_tag.tsx';

export function TemplateTiles(props: {
  templates: readonly TemplateJson[];
  choose: (template: TemplateJson) => void;
}) {
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
        {props.templates.map((template) => (
          <li key={template.id}>
            <UnstyledButton
              className="tile"
              data-template={template.id}
              onClick={() => props.choose(template)}
            >
              <SeverityTag alert={templateAlert(template.alertJson ?? '')} />
              <strong>{template.title}</strong>
              <span className="dim">{template.hint}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </>
  );
}
