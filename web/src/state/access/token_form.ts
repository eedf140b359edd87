import { nameProblem } from './account_form.ts';
import {
  type AssignmentForm,
  type AssignmentProblems,
  assignmentProblems,
  emptyAssignment,
} from './assignment_form.ts';
import type { RoleChoice } from './role_choice.ts';

export interface TokenForm {
  name: string;
  // Digits.
  days: string;
  assignments: AssignmentForm[];
}

const usualDays = '365';
const mostDays = 3_660;

export function newTokenForm(): TokenForm {
  return { name: '', days: usualDays, assignments: [emptyAssignment(0)] };
}

export interface TokenProblems {
  name: string | undefined;
  days: string | undefined;
  // About the roles as a whole.
  roles: string | undefined;
  // In the order of the form's.
  assignments: AssignmentProblems[];
  none: boolean;
}

export function tokenProblems(form: TokenForm, choices: readonly RoleChoice[]): TokenProblems {
  // Tokens may share a name: a machine has the old and the new one for a while.
  const name = nameProblem(form.name, []);
  const days =
    /^\d{1,4}$/.test(form.days) && Number(form.days) >= 1 && Number(form.days) <= mostDays
      ? undefined
      : 'A number of days from 1 to 3660.';
  const roles =
    form.assignments.length === 0
      ? 'Give it at least one role; without one it could do nothing.'
      : undefined;
  const assignments = form.assignments.map((each) => assignmentProblems(each, choices));
  const none =
    name === undefined &&
    days === undefined &&
    roles === undefined &&
    assignments.every((each) => Object.keys(each).length === 0);
  return { name, days, roles, assignments, none };
}
