import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { may, useSession } from '../api/queries';
import { t } from '../words';
import { withWords } from '../words/load-words';
import { LanguageMenu, LanguageNote } from './language-menu';
import { noteRouteChange } from './page-heading';
import { currentTheme, setTheme, THEMES } from './theme';

// Who only watches loads none of these.
const StaffLinks = lazy(() => import('./staff-links'));
const SignedIn = lazy(() => import('./signed-in'));
const HandedNotice = lazy(() => withWords(import('../desk/handed-notice'), 'desk'));

/** What is around every page: who this is, where one can go, and what waits to be sent. */
export const Shell = () => {
  const { data: session } = useSession();
  useRouteFocus();
  useKeptFocus();
  return (
    <>
      <a className="skip-link" href="#main">
        {t('shell:skip')}
      </a>
      <header className="header">
        <Link to="/" className="brand">
          <BrandMark />
          <span>Pollglass</span>
        </Link>
        <nav className="header-nav" aria-label={t('shell:main')}>
          <Link to="/" className="nav-link" activeOptions={{ exact: true, includeSearch: false }}>
            {t('shell:stations')}
          </Link>
          <Link to="/record" className="nav-link" activeOptions={{ includeSearch: false }}>
            {t('shell:record')}
          </Link>
          {session && (
            <Suspense fallback={null}>
              <StaffLinks session={session} />
            </Suspense>
          )}
        </nav>
        <div className="header-end">
          <LanguageMenu />
          <ThemeSwitch />
          {session ? (
            <Suspense fallback={null}>
              <SignedIn session={session} />
            </Suspense>
          ) : (
            <Link to="/sign-in" className="button button-quiet">
              {t('shell:signIn')}
            </Link>
          )}
        </div>
      </header>
      <LanguageNote />
      {(may(session, 'incident.triage') || may(session, 'incident.review')) && (
        <Suspense fallback={null}>
          <HandedNotice />
        </Suspense>
      )}
      <main id="main" tabIndex={-1}>
        <Suspense fallback={<p className="page quiet">{t('shell:loading')}</p>}>
          <Outlet />
        </Suspense>
      </main>
      <footer className="footer small quiet">
        <p>{t('shell:openToAll')}</p>
        <p>
          <Link to="/accreditation">{t('shell:observers')}</Link>
        </p>
        <p>
          <a href="/api/docs">{t('shell:openData')}</a>
        </p>
      </footer>
    </>
  );
};

/** It comes after the page: nobody needs it before they have done something. */
const useKeptFocus = () => {
  useEffect(() => {
    let end: (() => void) | undefined = () => undefined;
    import('./kept-focus').then(
      ({ keepFocus }) => {
        if (end) end = keepFocus(document);
      },
      // A comfort: the page works without, and what else cannot be loaded says so itself.
      () => undefined,
    );
    return () => {
      end?.();
      end = undefined;
    };
  }, []);
};

/** After another page was opened (not only another search), its heading takes the focus and the view starts at its top. */
const useRouteFocus = () => {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [first, setFirst] = useState(path);
  if (path !== first) {
    setFirst(path);
    noteRouteChange();
  }
};

const ThemeSwitch = () => {
  const [theme, choose] = useState(currentTheme);
  useEffect(() => setTheme(theme), [theme]);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto';
  const now = t(`shell:theme.${theme}`);
  return (
    <button type="button" className="icon-button" onClick={() => choose(next)} title={now}>
      <span className="visually-hidden">{t('shell:theme.change', { now })}</span>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        {theme === 'light' && (
          <path
            d="M10 6a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM10 1v2.2M10 16.8V19M1 10h2.2M16.8 10H19M3.6 3.6l1.6 1.6M14.8 14.8l1.6 1.6M3.6 16.4l1.6-1.6M14.8 5.2l1.6-1.6"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.6"
            strokeLinecap="round"
          />
        )}
        {theme === 'dark' && (
          <path
            d="M16.5 12.4A7 7 0 0 1 7.6 3.5a7 7 0 1 0 8.9 8.9z"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.6"
            strokeLinejoin="round"
          />
        )}
        {theme === 'auto' && (
          <>
            <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" strokeWidth="1.6" />
            <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
          </>
        )}
      </svg>
    </button>
  );
};

const BrandMark = () => (
  <svg viewBox="0 0 32 32" className="brand-mark" aria-hidden="true">
    <rect width="32" height="32" rx="8" className="brand-ground" />
    <path
      d="M5 16c3-5 6.7-7.5 11-7.5S24 11 27 16c-3 5-6.7 7.5-11 7.5S8 21 5 16z"
      fill="none"
      stroke="#fff"
      strokeWidth="2.2"
      strokeLinejoin="round"
    />
    <path d="m12 16 3 3 5.5-6" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round" />
  </svg>
);
