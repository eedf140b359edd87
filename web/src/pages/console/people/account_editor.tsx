import { Button, Checkbox, TextInput } from '@mantine/core';
import '@mantine/core/styles/Checkbox.css';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { AccessService, type AccountJson } from '../../../gen/wardcast/v1/access_service_pb.ts';
import { accountForm, accountOf, accountProblems } from '../../../state/access/account_form.ts';
import { roleChoices } from '../../../state/access/role_choice.ts';
import { useConsole } from '../console_context.ts';
import { AssignmentWords } from '../grants/assignment_words.tsx';
import { GrantsForm } from '../grants/grants_form.tsx';
import type { Givable } from '../grants/role_sets.ts';
import { AccountSide } from './account_side.tsx';
import { HandOver } from './hand_over.tsx';
import { accountsKey } from './people_queries.ts';

// Adds an account, or changes one.
export function AccountEditor(props: {
  // Null: a new one.
  account: AccountJson | null;
  accounts: readonly AccountJson[];
  givable: Givable;
  zone: string;
}) {
  const { account, givable } = props;
  const { client } = useConsole();
  const queries = useQueryClient();
  const [form, setForm] = useState(() => accountForm(account));
  const taken = account === null ? props.accounts.map(({ name }) => name ?? '') : [];
  const choices = roleChoices(givable.sets, false);
  const problems = accountProblems(form, choices, taken);
  const save = useMutation({
    mutationFn: () =>
      client.call(AccessService.method.upsertAccount, { account: accountOf(form, account) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: accountsKey }),
  });
  const change = (part: Partial<typeof form>) => {
    setForm({ ...form, ...part });
    save.reset();
  };
  const saved = save.data?.account;
  const made = account === null && saved !== undefined;
  return (
    <>
      <div className="line">
        <h1>{account === null ? 'Add an account' : account.displayName || account.name}</h1>
        <Link className="push" href="/people">
          To all accounts
        </Link>
      </div>
      {save.data?.link ? (
        <HandOver account={saved?.name ?? ''} link={save.data.link} lasts="within three days" />
      ) : null}
      {made ? (
        <div className="buttons">
          <strong role="status">The account {saved.name} is made.</strong>
          <Button component={Link} href="/people">
            Done
          </Button>
          <Button variant="default" onClick={() => change(accountForm(null))}>
            Add another
          </Button>
        </div>
      ) : (
        <div className={account === null ? undefined : 'sides'}>
          <GrantsForm
            label="Account"
            heading="What this person may do"
            above={({ tried, elsewhere }) => (
              <>
                {account === null ? (
                  <TextInput
                    label="Name for signing in"
                    description="Small letters, digits and . - _ @, at most 64. It cannot be changed later."
                    value={form.name}
                    onChange={(event) => change({ name: event.currentTarget.value })}
                    error={tried ? problems.name : undefined}
                    maxLength={64}
                    autoComplete="off"
                    autoFocus
                  />
                ) : null}
                <TextInput
                  label="Name as people know it"
                  value={form.displayName}
                  onChange={(event) => change({ displayName: event.currentTarget.value })}
                  error={elsewhere.find(({ field }) => /display_?name/i.test(field))?.description}
                  disabled={account?.fromDirectory === true}
                  maxLength={100}
                  autoComplete="off"
                />
              </>
            )}
            fixed={
              account?.fromDirectory === true ? (
                <>
                  <AssignmentWords assignments={account.assignments ?? []} names={givable.names} />
                  <p className="dim flush">
                    Decided by the hospital’s directory at each sign-in. To change it, change the
                    person’s groups there.
                  </p>
                </>
              ) : null
            }
            below={
              <>
                <Checkbox
                  label="Disabled"
                  description="Cannot sign in; whoever is signed in with it is signed out at once"
                  checked={form.disabled}
                  onChange={(event) => change({ disabled: event.currentTarget.checked })}
                />
                <Checkbox
                  label="Break-glass"
                  description="For the sealed envelope: works while the hospital’s directory does not; each sign-in is a loud entry of the audit trail"
                  checked={form.breakGlass}
                  onChange={(event) => change({ breakGlass: event.currentTarget.checked })}
                />
              </>
            }
            directory={givable.directory}
            choices={choices}
            roles={form.assignments}
            changeRoles={(assignments) => change({ assignments })}
            problems={problems}
            call={save}
            failed="Not saved yet"
            action={account === null ? 'Add the account' : 'Save'}
            cancel="/people"
            {...(save.isSuccess ? { said: 'Saved.' } : {})}
          />
          {account === null ? null : <AccountSide account={account} zone={props.zone} />}
        </div>
      )}
    </>
  );
}
