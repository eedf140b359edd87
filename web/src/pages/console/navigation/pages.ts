import type { Caller, Role } from '../sign_in/roles.ts';

export interface PageRule {
  path: string;
  title: string;
  // Any of these opens it; empty: every role does.
  roles: readonly Role[];
}

// The pages of the console that have a name, and whose they are. As the broker's table of rules says
// of the calls behind them.
export const pages = {
  home: { path: '/', title: 'Live now', roles: [] },
  calls: { path: '/calls', title: 'Call list', roles: [] },
  planned: { path: '/planned', title: 'Planned', roles: [] },
  drills: { path: '/drill', title: 'Drills', roles: [] },
  newDrill: { path: '/drill/new', title: 'Start a drill', roles: ['PUBLISHER'] },
  status: { path: '/status', title: 'Status', roles: [] },
  newNotice: { path: '/new', title: 'New notice', roles: ['PUBLISHER'] },
  people: { path: '/people', title: 'People', roles: ['ADMINISTRATOR'] },
  tokens: { path: '/tokens', title: 'Tokens', roles: ['ADMINISTRATOR'] },
  audit: { path: '/audit', title: 'Audit trail', roles: ['AUDITOR', 'ADMINISTRATOR'] },
} as const satisfies Record<string, PageRule>;

// In the order of the bar; the way to a new notice stands apart.
export const listed: readonly PageRule[] = [
  pages.home,
  pages.calls,
  pages.planned,
  pages.drills,
  pages.status,
  pages.people,
  pages.tokens,
  pages.audit,
];

export function mayOpen(caller: Caller, page: PageRule): boolean {
  return page.roles.length === 0 || page.roles.some((role) => caller.roles.has(role));
}

// "auditor or administrator"
export function rolesNeeded(page: PageRule): string {
  return page.roles.map((role) => role.toLowerCase()).join(' or ');
}
