import { UnstyledButton } from '@mantine/core';
import type { TemplateJson } from '../../../gen/wardcast/v1/directory_pb.ts';
import { kindRefusal } from '../../../state/access/coverage.ts';
import { templateAlert } from '../../../state/publish/template_alert.ts';
import { useConsole } from '../console_context.ts';
import { DrillNote } from '../drill/drill_note.tsx';
import { SeverityTag } from '../severity_tag.tsx';

// No template of the catalogue. A drill without one asks wards for an answer.
function freeText(drill: boolean): TemplateJson {
  const alert = drill
    ? { kind: 'OUTAGE', severity: 'SEVERE', phase: 'CONFIRMED' }
    : { kind: 'INFORMATION' };
  return { id: '', title: 'Free text', alertJson: JSON.stringify(alert) };
}

export function TemplateTiles(props: {
  templates: readonly TemplateJson[];
  drill: boolean;
  choose: (template: TemplateJson) => void;
}) {
  const { caller } = useConsole();
  return (
    <>
      <h1>{props.drill ? 'Start a drill' : 'New notice'}</h1>
      {props.drill ? <DrillNote /> : null}
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
            onClick={() => props.choose(freeText(props.drill))}
          >
            <strong>Free text</strong>
            <span className="dim">
              {props.drill
                ? 'Nothing above fits.'
                : 'Nothing above fits. To more than half of the wards it may need an approver.'}
            </span>
          </UnstyledButton>
        </li>
      </ul>
    </>
  );
}
