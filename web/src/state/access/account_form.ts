import type { AccountJson } from '../../gen/wardcast/v1/access_service_pb.ts';
import {
  type AssignmentForm,
  type AssignmentProblems,
  assignmentForms,
  assignmentOf,
  assignmentProblems,
  emptyAssignment,
} from './assignment_form.ts';
import type { RoleChoice } from './role_choice.ts';

export interface AccountForm {
  name: string;
  displayName: string;
  assignments: AssignmentForm[];
  disabled: boolean;
  breakGlass: boolean;
}

export function accountForm(account: AccountJson | null): AccountForm {
  return {
    name: account?.name ?? '',
    displayName: account?.displayName ?? '',
    assignments: rolesOf(account),
    disabled: account?.disabled ?? false,
    breakGlass: account?.breakGlass ?? false,
  };
}

function rolesOf(account: AccountJson | null): AssignmentForm[] {
  if (account === null) return [emptyAssignment(0)];
  // What the hospital's directory decides is not changed here.
  return account.fromDirectory ? [] : assignmentForms(account.assignments ?? []);
}

// What is sent. The roles of an account of the hospital's directory go back as they came.
export function accountOf(form: AccountForm, before: AccountJson | null): AccountJson {
  return {
    name: nameOf(form.name),
    displayName: form.displayName.trim(),
    assignments:
      before?.fromDirectory === true
        ? (before.assignments ?? [])
        : form.assignments.map(assignmentOf),
    disabled: form.disabled,
    breakGlass: form.breakGlass,
  };
}

export interface AccountProblems {
  name: string | undefined;
  // In the order of the form's.
  assignments: AssignmentProblems[];
  none: boolean;
}

export function accountProblems(
  form: AccountForm,
  choices: readonly RoleChoice[],
  // Names that others have.
  taken: readonly string[],
): AccountProblems {
  const name = nameProblem(form.name, taken);
  const assignments = form.assignments.map((each) => assignmentProblems(each, choices));
  const none = name === undefined && assignments.every((each) => Object.keys(each).length === 0);
  return { name, assignments, none };
}

// Capitals are taken as small letters, as at sign-in.
export function nameOf(typed: string): string {
  return typed.trim().toLowerCase();
}

export function nameProblem(typed: string, taken: readonly string[]): string | undefined {
  const name = nameOf(typed);
  if (!/^[a-z0-9._@-]{1,64}$/.test(name))
    return '1 to 64 small letters, digits or one of . - _ @, for example ann.lee.';
  return taken.includes(name) ? `There is an account ${name} already.` : undefined;
}
