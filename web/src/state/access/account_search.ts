import type { AccountJson } from '../../gen/wardcast/v1/access_service_pb.ts';
import { roleName, type ScopeNames, scopeWords } from './scope_words.ts';

// The accounts of which every word typed is found somewhere: name, shown name, role, scope. Those that
// cannot sign in come last.
export function searchAccounts(
  accounts: readonly AccountJson[],
  typed: string,
  names: ScopeNames,
): AccountJson[] {
  const words = typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return accounts
    .filter((account) => {
      const text = [
        account.name,
        account.displayName,
        ...(account.assignments ?? []).flatMap((each) => [
          roleName(each, names),
          scopeWords(each.scope, names),
        ]),
      ]
        .join(' ')
        .toLocaleLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => Number(a.disabled ?? false) - Number(b.disabled ?? false));
}
