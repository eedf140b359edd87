import type { AssignmentJson } from '../../../gen/wardcast/v1/role_pb.ts';
import { roleName, type ScopeNames, scopeWords } from '../../../state/access/scope_words.ts';

// Roles with their scopes, to read.
export function AssignmentWords(props: {
  assignments: readonly AssignmentJson[];
  names: ScopeNames;
}) {
  if (props.assignments.length === 0) return <span className="dim">nothing</span>;
  return (
    <ul className="plain">
      {props.assignments.map((each) => {
        const scope = scopeWords(each.scope, props.names);
        return (
          <li key={JSON.stringify(each)}>
            {roleName(each, props.names)}
            {scope === '' ? null : <span className="dim">: {scope}</span>}
          </li>
        );
      })}
    </ul>
  );
}
