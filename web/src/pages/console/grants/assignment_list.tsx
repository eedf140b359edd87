import './grants.css';
import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import {
  type AssignmentForm,
  type AssignmentProblems,
  emptyAssignment,
} from '../../../state/access/assignment_form.ts';
import type { RoleChoice } from '../../../state/access/role_choice.ts';
import type { Directory } from '../directory.ts';
import { ScopeFields } from './scope_fields.tsx';

const most = 20;

// The roles of an account or a token, each with its scope.
export function AssignmentList(props: {
  forms: readonly AssignmentForm[];
  choices: readonly RoleChoice[];
  directory: Directory;
  // Beside the fields, in the order of `forms`.
  problems: readonly AssignmentProblems[];
  change: (forms: AssignmentForm[]) => void;
}) {
  const { forms, change } = props;
  // The one that was asked for last: it is where somebody goes on.
  const [added, setAdded] = useState(-1);
  const add = () => {
    const key = Math.max(-1, ...forms.map((form) => form.key)) + 1;
    setAdded(key);
    change([...forms, emptyAssignment(key)]);
  };
  return (
    <div className="grants">
      {forms.map((form, index) => (
        <One
          key={form.key}
          {...props}
          form={form}
          number={index + 1}
          focus={form.key === added}
          problems={props.problems[index] ?? {}}
          change={(part) =>
            change(forms.map((each) => (each.key === form.key ? { ...each, ...part } : each)))
          }
          remove={() => change(forms.filter((each) => each.key !== form.key))}
        />
      ))}
      {forms.length >= most ? null : (
        <Button variant="default" size="xs" onClick={add}>
          {forms.length === 0 ? 'Give a role' : 'Give another role'}
        </Button>
      )}
    </div>
  );
}

function One(props: {
  form: AssignmentForm;
  number: number;
  focus: boolean;
  choices: readonly RoleChoice[];
  directory: Directory;
  problems: AssignmentProblems;
  change: (part: Partial<AssignmentForm>) => void;
  remove: () => void;
}) {
  const { form, choices } = props;
  const choice = choices.find(({ id }) => id === form.role);
  const options = (sets: boolean) =>
    choices
      .filter(({ isSet }) => isSet === sets)
      .map(({ id, name }) => ({ value: id, label: name }));
  const known = form.role === '' || choice !== undefined;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in this frame.
    <div className="grant" role="group" aria-label={`Role ${props.number}`}>
      <div className="grant-role">
        <NativeSelect
          label="Role"
          description={choice?.description ?? 'What the person or machine may do'}
          value={form.role}
          autoFocus={props.focus}
          onChange={(event) => props.change({ role: event.currentTarget.value })}
          data={[
            { value: '', label: 'Choose…', disabled: true },
            ...(known ? [] : [{ value: form.role, label: form.role }]),
            { group: 'Role sets', items: options(true) },
            { group: 'Single roles', items: options(false) },
          ]}
          error={props.problems.role}
        />
        <Button
          variant="subtle"
          size="xs"
          onClick={props.remove}
          aria-label={`Take away role ${props.number}`}
        >
          Take away
        </Button>
      </div>
      {form.role === '' ? null : <ScopeFields {...props} choice={choice} />}
    </div>
  );
}
