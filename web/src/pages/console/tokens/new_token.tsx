import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { AccessService } from '../../../gen/wardcast/v1/access_service_pb.ts';
import { nameOf } from '../../../state/access/account_form.ts';
import { assignmentOf } from '../../../state/access/assignment_form.ts';
import { mayPublishWith } from '../../../state/access/curl_example.ts';
import { roleChoices } from '../../../state/access/role_choice.ts';
import { newTokenForm, tokenProblems } from '../../../state/access/token_form.ts';
import { useConsole } from '../console_context.ts';
import { GrantsForm } from '../grants/grants_form.tsx';
import type { Givable } from '../grants/role_sets.ts';
import { ShownOnce } from './shown_once.tsx';
import { tokensKey } from './tokens_query.ts';

// Makes a token; its secret is shown once.
export function NewToken({ givable }: { givable: Givable }) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const [form, setForm] = useState(newTokenForm);
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
      <GrantsForm
        label="Token"
        heading="What the machine may do"
        hint="Never more than a dialog on ward PCs, never configuring or approving. Give it only the services that it watches."
        above={({ tried }) => (
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
        )}
        directory={givable.directory}
        choices={choices}
        roles={form.assignments}
        changeRoles={(assignments) => change({ assignments })}
        problems={problems}
        missing={problems.roles}
        call={make}
        failed="Not made yet"
        action="Make the token"
        cancel="/tokens"
      />
    </>
  );
}
