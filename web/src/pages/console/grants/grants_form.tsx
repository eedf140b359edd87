import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { problemOf } from '../../../api/problem.ts';
import {
  type AssignmentForm,
  type AssignmentProblems,
  otherViolations,
  refusedAssignments,
} from '../../../state/access/assignment_form.ts';
import type { RoleChoice } from '../../../state/access/role_choice.ts';
import type { Directory } from '../directory.ts';
import { ProblemNote } from '../problem_note.tsx';
import { AssignmentList } from './assignment_list.tsx';

// What the fields beside the roles are told.
export interface Asked {
  // It was tried to send: what is missing is said.
  tried: boolean;
  // What the broker does not accept, and no role has a place for.
  elsewhere: readonly { field: string; description: string }[];
}

// The form of somebody, or something, that is given roles: fields above, roles, fields below, and the
// way to send it.
export function GrantsForm(props: {
  label: string;
  // "What this person may do"
  heading: string;
  above: (asked: Asked) => ReactNode;
  // In place of the list of roles, where they cannot be changed.
  fixed?: ReactNode;
  hint?: string;
  below?: ReactNode;
  directory: Directory;
  choices: readonly RoleChoice[];
  roles: readonly AssignmentForm[];
  changeRoles: (roles: AssignmentForm[]) => void;
  problems: { assignments: readonly AssignmentProblems[]; none: boolean };
  // What is said at the foot if something is missing.
  missing?: string | undefined;
  call: { isPending: boolean; isError: boolean; error: unknown; mutate: () => void };
  // "Not saved yet"
  failed: string;
  action: string;
  cancel: string;
  said?: string;
}) {
  const { call, problems } = props;
  const [tried, setTried] = useState(false);
  const refused = call.isError ? problemOf(call.error) : null;
  const violations = refused?.case === 'fields' ? refused.violations : [];
  const atRoles = refusedAssignments(violations);
  const elsewhere = otherViolations(violations);
  return (
    <form
      className="box stack"
      aria-label={props.label}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (problems.none) call.mutate();
      }}
    >
      {props.above({ tried, elsewhere })}
      <h2>{props.heading}</h2>
      {props.hint === undefined ? null : <p className="dim flush">{props.hint}</p>}
      {props.fixed ?? (
        <AssignmentList
          forms={props.roles}
          choices={props.choices}
          directory={props.directory}
          problems={props.roles.map((_, index) => ({
            ...(tried ? problems.assignments[index] : {}),
            ...atRoles.get(index),
          }))}
          change={props.changeRoles}
        />
      )}
      {props.below}
      {call.isError && (atRoles.size === 0 || elsewhere.length > 0) ? (
        <ProblemNote error={call.error} what={props.failed} />
      ) : null}
      {tried && !problems.none ? (
        <p className="wrong flush" role="alert">
          {props.missing ?? 'Something is missing above.'}
        </p>
      ) : null}
      <div className="buttons">
        <Button type="submit" loading={call.isPending}>
          {props.action}
        </Button>
        <Button component={Link} href={props.cancel} variant="default">
          Cancel
        </Button>
        {props.said === undefined ? null : <span role="status">{props.said}</span>}
      </div>
    </form>
  );
}
