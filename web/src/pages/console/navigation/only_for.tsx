import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useConsole } from '../console_context.ts';
import { rolesWords } from '../sign_in/roles.ts';
import { mayOpen, type PageRule, rolesNeeded } from './pages.ts';

// A page for those who may open it; for others, which role is missing.
export function OnlyFor({ page, children }: { page: PageRule; children: ReactNode }) {
  const { caller } = useConsole();
  if (mayOpen(caller, page)) return children;
  const mine = rolesWords(caller);
  return (
    <div className="empty">
      <h1>{page.title}</h1>
      <p>
        This page needs the role {rolesNeeded(page)}. You are signed in as{' '}
        <strong>{caller.shown}</strong>
        {mine === '' ? ' without any role' : ` (${mine})`}.
      </p>
      <p>Your administrator gives roles, under People. Nothing was changed or sent.</p>
      <Link href="/">To what is live now</Link>
    </div>
  );
}
