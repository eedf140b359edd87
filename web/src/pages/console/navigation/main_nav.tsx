import { Link, useLocation } from 'wouter';
import { useConsole } from '../console_context.ts';
import { listed, mayOpen } from './pages.ts';

// What the person may open; a page below one of them counts as that one.
export function MainNav() {
  const { caller } = useConsole();
  const [at] = useLocation();
  return (
    <nav aria-label="Main">
      {listed
        .filter((page) => mayOpen(caller, page))
        .map(({ path, title }) => {
          const on = at === path || (path !== '/' && at.startsWith(`${path}/`));
          return (
            <Link
              key={path}
              href={path}
              className={on ? 'on' : ''}
              aria-current={on ? 'page' : undefined}
            >
              {title}
            </Link>
          );
        })}
    </nav>
  );
}
