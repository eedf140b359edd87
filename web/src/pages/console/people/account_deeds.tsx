import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { AccessService, type AccountJson } from '../../../gen/wardcast/v1/access_service_pb.ts';
import { when } from '../../../state/time/words.ts';
import { useConsole, useNow } from '../console_context.ts';
import { Sure } from '../dialog/sure.tsx';
import { ProblemNote } from '../problem_note.tsx';
import { HandOver } from './hand_over.tsx';
import { accountsKey } from './people_queries.ts';

type Asked = 'nothing' | 'authenticator' | 'remove';

// What can be done with an account besides changing it.
export function AccountDeeds({ account, zone }: { account: AccountJson; zone: string }) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const now = useNow(60_000);
  const [, go] = useLocation();
  const [asked, setAsked] = useState<Asked>('nothing');
  const name = account.name ?? '';
  const link = useMutation({
    mutationFn: (resetSecondFactor: boolean) =>
      client.call(AccessService.method.makePasswordLink, { account: name, resetSecondFactor }),
    onSuccess: async () => {
      setAsked('nothing');
      await queries.invalidateQueries({ queryKey: accountsKey });
    },
  });
  const remove = useMutation({
    mutationFn: () => client.call(AccessService.method.removeAccount, { name }),
    onSuccess: async () => {
      go('/people');
      await queries.invalidateQueries({ queryKey: accountsKey });
    },
  });
  const until = Date.parse(link.data?.expires ?? '');
  const local = account.fromDirectory !== true;
  const leave = () => setAsked('nothing');
  return (
    <>
      {link.data?.link === undefined ? null : (
        <HandOver
          account={name}
          link={link.data.link}
          lasts={Number.isNaN(until) ? 'for three days' : `until ${when(until, zone, now)}`}
        />
      )}
      {link.isError && asked === 'nothing' ? (
        <ProblemNote error={link.error} what="No link was made" />
      ) : null}
      <div className="buttons">
        {local ? (
          <>
            <Button
              size="xs"
              variant="default"
              loading={link.isPending && link.variables === false}
              onClick={() => link.mutate(false)}
            >
              Make a one-time link
            </Button>
            {account.hasSecondFactor ? (
              <Button size="xs" variant="default" onClick={() => setAsked('authenticator')}>
                Reset the authenticator…
              </Button>
            ) : null}
          </>
        ) : null}
        <Button
          size="xs"
          variant="default"
          className="grave"
          onClick={() => {
            remove.reset();
            setAsked('remove');
          }}
        >
          Remove the account…
        </Button>
      </div>
      {asked === 'authenticator' ? (
        <Sure
          title={`Reset the authenticator of ${name}?`}
          action="Reset, and make a link"
          busy={link.isPending}
          error={link.isError ? link.error : null}
          act={() => link.mutate(true)}
          leave={leave}
        >
          <p>
            For a lost phone. Codes of the old authenticator stop working at once. You get a
            one-time link: with it {name} sets a new password, and then a new authenticator if the
            role asks for one.
          </p>
        </Sure>
      ) : null}
      {asked === 'remove' ? (
        <Sure
          title={`Remove the account ${name}?`}
          action="Remove the account"
          busy={remove.isPending}
          error={remove.isError ? remove.error : null}
          act={() => remove.mutate()}
          leave={leave}
        >
          <p>
            {account.displayName || name} is signed out everywhere at once and cannot sign in any
            more. What they did stays in the audit trail and in the notices. This cannot be undone;
            to keep the roles for later, disable the account instead.
          </p>
          {local ? null : (
            <p>
              The hospital’s directory may bring the account back at the next sign-in. To keep
              somebody out, disable the account, or take the group away in the directory.
            </p>
          )}
        </Sure>
      ) : null}
    </>
  );
}
