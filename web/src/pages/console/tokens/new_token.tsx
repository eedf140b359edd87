import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { problemOf } from '../../../api/problem.ts';
import { AccessService } from '../../../gen/wardcast/v1/access_service_pb.ts';
import { nameOf } from '../../../state/access/account_form.ts';
import {
  assignmentOf,
  otherViolations,
  refusedAssignments,
} from '../../../state/access/assignment_form.ts';
import { mayPublishWith } from '../../../state/access/curl_example.ts';
import { roleChoices } from '../../../state/access/role_choice.ts';
import { newTokenForm, tokenProblems } from '../../../state/access/token_form.ts';
import { useConsole } from '../console_context.ts';
import { AssignmentList } from '../grants/assignment_list.tsx';
import type { Givable } from '../grants/role_sets.ts';
import { ProblemNote } from '../problem_note.tsx';
import { ShownOnce } from './shown_once.tsx';
import { tokensKey } from './tokens_query.ts';

// Makes a token; its secret is shown once.
export function NewToken({ givable }: { givable: Givable }) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const [form, setForm] = useState(newTokenForm);
  const [tried, setTried] = useState(false);
  const choices = roleChoices(givable.sets, true);
  const problems = tokenProblems(form, choices);
  const make = useMutation({
    mutationFn: () =>
      client.call(AccessService.method.createToken, {
        name: nameOf(form.name),
        assignments: form.assignments.map(assignmentOf),
        days: Number(form.days),
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: tokensKey }),
  });
  const change = (part: Partial<typeof form>) => {
    setForm({ ...form, ...part });
    make.reset();
  };
  const refused = make.isError ? problemOf(make.error) : null;
  const violations = refused?.case === 'fields' ? refused.violations : [];
  const atRoles = refusedAssignments(violations);
  if (make.data?.secret !== undefined) {
    return (
      <ShownOnce
        name={make.data.token?.name ?? ''}
        secret={make.data.secret}
        publishes={mayPublishWith(form.assignments, givable.sets)}
      />
    );
  }
  return (
    <>
      <h1>Make a token</h1>
      <form
        className="box stack"
        aria-label="Token"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (problems.none) make.mutate();
        }}
      >
        <div className="limits">
          <TextInput
            label="Name of the machine"
            description="Small letters, digits and . - _ @, for example nagios. Notices are then by token/nagios."
            value={form.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            error={tried ? problems.name : undefined}
            maxLength={64}
            autoComplete="off"
            autoFocus
          />
          <TextInput
            label="Days until it expires"
            description="1 to 3660. Somebody has to make a new one before."
            inputMode="numeric"
            value={form.days}
            onChange={(event) => change({ days: event.currentTarget.value.trim() })}
            error={problems.days}
          />
        </div>
        <h2>What the machine may do</h2>
        <p className="dim flush">
          Never more than a dialog on ward PCs, never configuring or approving. Give it only the
          services that it watches.
        </p>
        <AssignmentList
          forms={form.assignments}
          choices={choices}
          directory={givable.directory}
          problems={form.assignments.map((_, index) => ({
            ...(tried ? problems.assignments[index] : {}),
            ...atRoles.get(index),
          }))}
          change={(assignments) => change({ assignments })}
        />
        {make.isError && (atRoles.size === 0 || otherViolations(violations).length > 0) ? (
          <ProblemNote error={make.error} what="Not made yet" />
        ) : null}
        {tried && !problems.none ? (
          <p className="wrong flush" role="alert">
            {problems.roles ?? 'Something is missing above.'}
          </p>
        ) : null}
        <div className="buttons">
          <Button type="submit" loading={make.isPending}>
            Make the token
          </Button>
          <Button component={Link} href="/tokens" variant="default">
            Cancel
          </Button>
        </div>
      </form>
    </>
  );
}
