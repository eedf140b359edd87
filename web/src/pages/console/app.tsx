import { Button, Loader } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Link, Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { BrokerState } from './broker_state.tsx';
import { useConsole } from './console_context.ts';
import { Home } from './home/home.tsx';
import { MainNav } from './navigation/main_nav.tsx';
import { OnlyFor } from './navigation/only_for.tsx';
import { pages } from './navigation/pages.ts';
import { OverdueBanner } from './overdue/overdue_banner.tsx';
import { mayPublish, rolesWords } from './sign_in/roles.ts';

const NewNotice = lazy(async () => ({
  default: (await import('./new_notice/new_notice.tsx')).NewNotice,
}));
const NoticePage = lazy(async () => ({
  default: (await import('./notice/notice_page.tsx')).NoticePage,
}));
const DraftNotice = lazy(async () => ({
  default: (await import('./new_notice/draft_notice.tsx')).DraftNotice,
}));
const Planned = lazy(async () => ({ default: (await import('./planned/planned.tsx')).Planned }));
const Status = lazy(async () => ({ default: (await import('./status/status.tsx')).Status }));
const Calls = lazy(async () => ({ default: (await import('./calls/calls.tsx')).Calls }));
const Drills = lazy(async () => ({ default: (await import('./drill/drills.tsx')).Drills }));
const DrillPage = lazy(async () => ({
  default: (await import('./drill/drill_page.tsx')).DrillPage,
}));
const DrillAgain = lazy(async () => ({
  default: (await import('./drill/drill_again.tsx')).DrillAgain,
}));
const People = lazy(async () => ({ default: (await import('./people/people.tsx')).People }));
const Tokens = lazy(async () => ({ default: (await import('./tokens/tokens.tsx')).Tokens }));
const Audit = lazy(async () => ({ default: (await import('./audit/audit.tsx')).Audit }));

export function App() {
  const { caller, signOut } = useConsole();
  return (
    <Router hook={useHashLocation}>
      <header className="bar">
        <Link href="/" className="brand">
          Wardcast
        </Link>
        <MainNav />
        <BrokerState />
        <span className="caller" title={rolesWords(caller)}>
          {caller.shown}
        </span>
        <Button variant="default" size="xs" onClick={signOut}>
          Sign out
        </Button>
        {mayPublish(caller) ? (
          <Button component={Link} href="/new" size="sm">
            New notice
          </Button>
        ) : null}
      </header>
      <OverdueBanner />
      <main className="page">
        <Suspense fallback={<Loader className="late" aria-label="Loading" />}>
          <Switch>
            <Route path="/" component={Home} />
            <Route path="/new">
              <OnlyFor page={pages.newNotice}>
                <NewNotice />
              </OnlyFor>
            </Route>
            <Route path="/new/:template">
              {(params) => (
                <OnlyFor page={pages.newNotice}>
                  <NewNotice template={params.template} />
                </OnlyFor>
              )}
            </Route>
            <Route path="/draft/:id">
              {(params) => (
                <OnlyFor page={pages.newNotice}>
                  <DraftNotice key={params.id} id={params.id} />
                </OnlyFor>
              )}
            </Route>
            <Route path="/notice/:id">
              {(params) => <NoticePage key={params.id} id={params.id} />}
            </Route>
            <Route path="/planned">
              <Planned />
            </Route>
            <Route path="/status">
              <Status />
            </Route>
            <Route path="/drill">
              <Drills />
            </Route>
            <Route path="/drill/new/:template?">
              {(params) => (
                <OnlyFor page={pages.newDrill}>
                  <NewNotice key="drill" template={params.template} drill />
                </OnlyFor>
              )}
            </Route>
            <Route path="/drill/again/:id">
              {(params) => (
                <OnlyFor page={pages.newDrill}>
                  <DrillAgain key={params.id} id={params.id} />
                </OnlyFor>
              )}
            </Route>
            <Route path="/drill/:id">
              {(params) => <DrillPage key={params.id} id={params.id} />}
            </Route>
            <Route path="/calls">
              <Calls />
            </Route>
            <Route path="/people/*?">
              <OnlyFor page={pages.people}>
                <People />
              </OnlyFor>
            </Route>
            <Route path="/tokens/*?">
              <OnlyFor page={pages.tokens}>
                <Tokens />
              </OnlyFor>
            </Route>
            <Route path="/audit/*?">
              <OnlyFor page={pages.audit}>
                <Audit />
              </OnlyFor>
            </Route>
            <Route>
              <div className="empty">
                <h1>There is no such page</h1>
                <Link href="/">To what is live now</Link>
              </div>
            </Route>
          </Switch>
        </Suspense>
      </main>
    </Router>
  );
}
