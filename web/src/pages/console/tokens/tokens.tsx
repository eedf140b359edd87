import '../pieces/pieces.css';
import { Button, Loader } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, Route, Switch } from 'wouter';
import { AccessService, type ApiTokenJson } from '../../../gen/wardcast/v1/access_service_pb.ts';
import { tokenStand } from '../../../state/access/token_expiry.ts';
import { count } from '../../../state/words.ts';
import { useConsole, useNow } from '../console_context.ts';
import { Sure } from '../dialog/sure.tsx';
import { type Givable, useGivable } from '../grants/role_sets.ts';
import { ProblemNote } from '../problem_note.tsx';
import { NewToken } from './new_token.tsx';
import { TokenTable } from './token_table.tsx';
import { tokensKey, useTokens } from './tokens_query.ts';

// The credentials of machines.
export function Tokens() {
  const tokens = useTokens();
  const { givable, error, again } = useGivable();
  if (tokens.data === undefined || givable === null) {
    const failed = tokens.error ?? error;
    if (failed === null) return <Loader className="late" aria-label="Loading" />;
    return (
      <ProblemNote
        error={failed}
        what="The tokens could not be read"
        again={() => {
          void tokens.refetch();
          again();
        }}
      />
    );
  }
  return (
    <Switch>
      <Route path="/tokens/new">
        <NewToken givable={givable} />
      </Route>
      <Route>
        <List tokens={tokens.data} givable={givable} />
      </Route>
    </Switch>
  );
}

function List({ tokens, givable }: { tokens: readonly ApiTokenJson[]; givable: Givable }) {
  const now = useNow(30_000);
  const [asked, setAsked] = useState<ApiTokenJson | null>(null);
  const zone = givable.directory.sites[0]?.zone ?? 'UTC';
  const shared = { names: givable.names, zone, now };
  const good = tokens.filter((token) => tokenStand(token, now) !== 'revoked');
  const revoked = tokens.filter((token) => tokenStand(token, now) === 'revoked');
  const soon = good.filter((token) => tokenStand(token, now) === 'soon').length;
  return (
    <>
      <div className="line">
        <h1>Tokens of machines</h1>
        {soon === 0 ? null : (
          <span className="word-tag attend">
            ⚠ {count(soon, 'token expires', 'tokens expire')} within 30 days
          </span>
        )}
        <Button className="push" component={Link} href="/tokens/new">
          Make a token
        </Button>
      </div>
      {good.length === 0 ? (
        <div className="empty">
          <p className="big">No machine has a token.</p>
          <p>
            Monitoring, ticket systems and scripts send notices with one. Each gets its own, with no
            more than it needs.
          </p>
        </div>
      ) : (
        <TokenTable {...shared} tokens={good} revoke={setAsked} />
      )}
      {revoked.length === 0 ? null : (
        <details className="folded">
          <summary>{count(revoked.length, 'revoked token', 'revoked tokens')}</summary>
          <TokenTable {...shared} tokens={revoked} />
        </details>
      )}
      {asked === null ? null : <Revoke token={asked} leave={() => setAsked(null)} />}
    </>
  );
}

function Revoke({ token, leave }: { token: ApiTokenJson; leave: () => void }) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => client.call(AccessService.method.revokeToken, { id: token.id ?? '' }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: tokensKey });
      leave();
    },
  });
  return (
    <Sure
      title={`Revoke the token ${token.name}?`}
      action="Revoke it"
      busy={revoke.isPending}
      error={revoke.error}
      act={() => revoke.mutate()}
      leave={leave}
    >
      <p>
        Whatever uses it is refused from now on; what it has sent stays. This cannot be undone: the
        machine then needs a new token.
      </p>
    </Sure>
  );
}
