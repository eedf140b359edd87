import { UnstyledButton } from '@mantine/core';
import type { TemplateJson } from '../../../gen/wardcast/v1/directory_pb.ts';
import { kindRefusal } from '../../../state/access/coverage.ts';
import { templateAlert } from '../../../state/publish/template_alert.ts';
import { useConsole } from '../console_context.ts';
import { SeverityTag } from '../severity_tag.tsx';

// No template of the catalogue.
const freeText: TemplateJson = { id: '', title: 'Free text', alertJson: '{"kind":"INFORMATION"}' };

export function TemplateTiles(props: {
  templates: readonly TemplateJson[];
  choose: (template: TemplateJson) => void;
}) {
  const { caller } = useConsole();
  return (
    <>
      <h1>New notice</h1>
      <p className="dim">
        {props.templates.length > 0
          ? 'Take the template that fits best. Everything can be changed before it is sent.'
          : 'There is no template yet. Import them with the hospital’s directory: wardcast import FOLDER (templates.json).'}
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
        <li>
          <UnstyledButton
            className="tile"
            data-template="free-text"
            onClick={() => props.choose(freeText)}
          >
            <strong>Free text</strong>
            <span className="dim">
              Nothing above fits. To more than half of the wards it may need an approver.
            </span>
          </UnstyledButton>
        </li>
      </ul>
    </>
  );
}
