import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Link,
  type RouteComponent,
} from '@tanstack/react-router';
import { ACCREDITATION_STATES, OBSERVER_KINDS, REPORT_FORMS, type ReportForm } from '@app/contracts';
import type { QueueFilter } from './accreditation/api';
import { auditFilterOf } from './audit/audit-filter';
import { decisionsFilterOf } from './decisions/decisions-query';
import { GROUPS, type Group } from './operators/camera-filter';
import { viewNamed } from './desk/queue-views';
import { EmptyNotice, ErrorNotice } from './shell/notices';
import type { RecordFilter } from './record/record-query';
import { PageHeading } from './shell/page-heading';
import { Shell } from './shell/shell';
import { StartPage } from './start/start-page';
import { wallViewOf } from './wall/wall-view';
import { t } from './words';
import { loadWords, withWords } from './words/load-words';
import type { Namespace } from './words/namespaces';

/** A page that comes when it is asked for, its texts beside it. */
const page = <M extends Record<string, unknown>, K extends keyof M & string>(
  importer: () => Promise<M>,
  name: K,
  ...words: Namespace[]
) => ({ component: lazyRouteComponent(importer, name) as RouteComponent, loader: () => loadWords(...words) });

const SignInPage = lazyRouteComponent(() => withWords(import('./account/sign-in-page'), 'account'), 'SignInPage');
const SecondFactorPage = lazyRouteComponent(
  () => withWords(import('./account/second-factor-page'), 'account'),
  'SecondFactorPage',
);

const SEVERITIES = ['S1', 'S2', 'S3', 'S4'] as const;
const OUTCOMES = ['confirmed', 'not_confirmed', 'inconclusive', 'out_of_scope'] as const;
const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 200) : undefined;

const searchOnly = (search: Record<string, unknown>): { q?: string } => {
  const q = text(search['q']);
  return q === undefined || q === '' ? {} : { q };
};

const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => (
    <div className="narrow">
      <PageHeading title={t('shell:notFound.title')}>{t('shell:notFound.heading')}</PageHeading>
      <EmptyNotice title={t('shell:notFound.mistyped')}>
        <Link to="/" className="button">
          {t('shell:notFound.toStations')}
        </Link>
      </EmptyNotice>
    </div>
  ),
  errorComponent: ({ error, reset }) => (
    <div className="narrow">
      <ErrorNotice title={t('shell:stopped')} error={error} onRetry={reset} />
    </div>
  ),
});

const nextOnly = (search: Record<string, unknown>): { next?: string } => {
  const next = text(search['next']);
  return next === undefined ? {} : { next };
};

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: searchOnly,
  component: function Start() {
    return <StartPage q={start.useSearch().q ?? ''} />;
  },
});

const region = createRoute({
  getParentRoute: () => root,
  path: '/r/$regionId',
  validateSearch: searchOnly,
  component: function RegionStart() {
    return <StartPage regionId={region.useParams().regionId} q={region.useSearch().q ?? ''} />;
  },
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: nextOnly,
  component: function SignIn() {
    return <SignInPage next={signIn.useSearch().next} />;
  },
});

const secondFactor = createRoute({
  getParentRoute: () => root,
  path: '/account/second-factor',
  validateSearch: nextOnly,
  component: function SecondFactor() {
    return <SecondFactorPage next={secondFactor.useSearch().next} />;
  },
});

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  ...page(() => import('./account/account-page'), 'AccountPage', 'account', 'terms'),
});

const accounts = createRoute({
  getParentRoute: () => root,
  path: '/a/accounts',
  validateSearch: searchOnly,
  ...page(() => import('./admin/accounts-page'), 'AccountsPage', 'admin', 'account', 'terms'),
});

const station = createRoute({
  getParentRoute: () => root,
  path: '/s/$code',
  validateSearch: (search: Record<string, unknown>): { cam?: number; t?: string } => {
    const cam = Number(search['cam']);
    const at = Date.parse(text(search['t']) ?? '');
    return {
      ...(Number.isInteger(cam) && cam > 0 ? { cam } : {}),
      ...(Number.isNaN(at) ? {} : { t: new Date(at).toISOString() }),
    };
  },
  ...page(() => import('./station/station-page'), 'StationPage', 'past', 'station'),
});

const myFlags = createRoute({
  getParentRoute: () => root,
  path: '/m/flags',
  ...page(() => import('./flags/my-flags-page'), 'MyFlagsPage', 'account', 'commission', 'desk', 'flags', 'terms'),
});

const myFlag = createRoute({
  getParentRoute: () => root,
  path: '/m/flags/$id',
  ...page(() => import('./flags/my-flags-page'), 'MyFlagPage', 'account', 'commission', 'desk', 'flags', 'terms'),
});

const wall = createRoute({
  getParentRoute: () => root,
  path: '/m/wall',
  validateSearch: wallViewOf,
  ...page(() => import('./wall/wall-page'), 'WallPage', 'account', 'flags', 'terms', 'wall'),
});

const flags = createRoute({
  getParentRoute: () => root,
  path: '/c/flags',
  validateSearch: (search: Record<string, unknown>): { station?: string; severity?: (typeof SEVERITIES)[number] } => {
    const code = text(search['station']);
    const severity = SEVERITIES.find((known) => known === search['severity']);
    return { ...(code ? { station: code } : {}), ...(severity ? { severity } : {}) };
  },
  ...page(() => import('./commission/flags-page'), 'FlagsPage', 'account', 'commission', 'terms'),
});

const flag = createRoute({
  getParentRoute: () => flags,
  path: '$id',
  ...page(() => import('./commission/flag-page'), 'FlagPage', 'account', 'commission', 'desk', 'terms'),
});

const CLAIMED = ['me', 'none', 'any'] as const;
const DUE = ['overdue', 'hour'] as const;
const SORTS = ['newest', 'clock'] as const;
const oneOf = <T extends string>(options: readonly T[], value: unknown): T | undefined =>
  options.find((known) => known === value);
const given = <T extends Record<string, unknown>>(search: T): Partial<T> =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== '')) as Partial<T>;

const queue = createRoute({
  getParentRoute: () => root,
  path: '/c/queue',
  validateSearch: (search: Record<string, unknown>) =>
    given({
      view: viewNamed(search['view'])?.name,
      station: text(search['station']),
      region: text(search['region']),
      code: text(search['code']),
      severity: oneOf(SEVERITIES, search['severity']),
      claimed: oneOf(CLAIMED, search['claimed']),
      due: oneOf(DUE, search['due']),
      sort: oneOf(SORTS, search['sort']),
      q: text(search['q']),
    }),
  ...page(() => import('./desk/queue-page'), 'QueuePage', 'account', 'desk', 'terms'),
});

const caseRoute = createRoute({
  getParentRoute: () => root,
  path: '/c/case/$id',
  ...page(() => import('./desk/case-page'), 'CasePage', 'account', 'commission', 'desk', 'evidence', 'past', 'station', 'terms'),
});

const decisions = createRoute({
  getParentRoute: () => root,
  path: '/c/decisions',
  validateSearch: decisionsFilterOf,
  ...page(() => import('./decisions/decisions-page'), 'DecisionsPage', 'account', 'audit', 'desk', 'terms'),
});

const audit = createRoute({
  getParentRoute: () => root,
  path: '/c/audit',
  validateSearch: auditFilterOf,
  ...page(() => import('./audit/audit-page'), 'AuditPage', 'account', 'audit', 'terms'),
});

const cameras = createRoute({
  getParentRoute: () => root,
  path: '/o/cameras',
  validateSearch: (search: Record<string, unknown>): { q?: string; group?: Group; page?: number } => {
    const group = GROUPS.find((known) => known === search['group']);
    const page = Number(search['page']);
    return { ...searchOnly(search), ...(group ? { group } : {}), ...(Number.isInteger(page) && page > 1 ? { page } : {}) };
  },
  ...page(() => import('./operators/cameras-page'), 'CamerasPage', 'account', 'operators', 'past'),
});

const record = createRoute({
  getParentRoute: () => root,
  path: '/record',
  validateSearch: (search: Record<string, unknown>): RecordFilter => {
    const [station, code, region] = [text(search['station']), text(search['code']), text(search['region'])];
    const severity = SEVERITIES.find((known) => known === search['severity']);
    const outcome = OUTCOMES.find((known) => known === search['outcome']);
    return {
      ...(station ? { station } : {}),
      ...(code ? { code } : {}),
      ...(region ? { region } : {}),
      ...(severity ? { severity } : {}),
      ...(outcome ? { outcome } : {}),
    };
  },
  ...page(() => import('./record/record-page'), 'RecordPage', 'record', 'terms'),
});

const accreditation = createRoute({
  getParentRoute: () => root,
  path: '/accreditation',
  ...page(() => import('./accreditation/accreditation-page'), 'AccreditationPage', 'accreditation', 'terms'),
});

const apply = createRoute({
  getParentRoute: () => root,
  path: '/accreditation/apply',
  ...page(() => import('./accreditation/apply-page'), 'ApplyPage', 'accreditation', 'terms'),
});

const myApplication = createRoute({
  getParentRoute: () => root,
  path: '/accreditation/mine',
  ...page(() => import('./accreditation/mine-page'), 'MinePage', 'account', 'accreditation', 'terms'),
});

const myBadge = createRoute({
  getParentRoute: () => root,
  path: '/accreditation/badge',
  ...page(() => import('./accreditation/badge-page'), 'OwnBadgePage', 'account', 'accreditation', 'terms'),
});

const verify = createRoute({
  getParentRoute: () => root,
  path: '/verify/$number',
  ...page(() => import('./accreditation/verify-page'), 'VerifyPage', 'accreditation', 'terms'),
});

const applications = createRoute({
  getParentRoute: () => root,
  path: '/c/accreditations',
  validateSearch: (search: Record<string, unknown>): QueueFilter => {
    const state = [...ACCREDITATION_STATES, 'open' as const].find((known) => known === search['state']);
    const kind = OBSERVER_KINDS.find((known) => known === search['kind']);
    const overdue = text(search['overdue']) === '1';
    return {
      ...searchOnly(search),
      ...(state ? { state } : {}),
      ...(kind ? { kind } : {}),
      ...(overdue ? { overdue: '1' } : {}),
    };
  },
  ...page(() => import('./accreditation/queue-page'), 'QueuePage', 'account', 'accreditation', 'terms'),
});

const application = createRoute({
  getParentRoute: () => root,
  path: '/c/accreditations/$id',
  ...page(() => import('./accreditation/application-page'), 'ApplicationPage', 'account', 'accreditation', 'terms'),
});

const badge = createRoute({
  getParentRoute: () => root,
  path: '/c/accreditations/$id/badge',
  ...page(() => import('./accreditation/badge-page'), 'StaffBadgePage', 'account', 'accreditation', 'terms'),
});

const accreditationRoutes = [accreditation, apply, myApplication, myBadge, verify, applications, application, badge] as const;

const myReports = createRoute({
  getParentRoute: () => root,
  path: '/m/reports',
  ...page(() => import('./reports/mine-page'), 'MyReportsPage', 'account', 'reports'),
});

const fillReport = createRoute({
  getParentRoute: () => root,
  path: '/m/reports/$key',
  ...page(() => import('./reports/fill-page'), 'FillPage', 'account', 'reports'),
});

const devices = createRoute({
  getParentRoute: () => root,
  path: '/m/devices/$code',
  ...page(() => import('./reports/devices-page'), 'DevicesPage', 'account', 'reports'),
});

const reportTotals = createRoute({
  getParentRoute: () => root,
  path: '/c/reports',
  validateSearch: (search: Record<string, unknown>): { form?: ReportForm } => {
    const form = REPORT_FORMS.find((known) => known === search['form']);
    return form ? { form } : {};
  },
  ...page(() => import('./reports/totals-page'), 'TotalsPage', 'account', 'reports'),
});

const reportRoutes = [myReports, fillReport, devices, reportTotals] as const;

export const router = createRouter({
  routeTree: root.addChildren([
    start,
    region,
    signIn,
    station,
    myFlags,
    myFlag,
    wall,
    flags.addChildren([flag]),
    queue,
    caseRoute,
    decisions,
    audit,
    cameras,
    secondFactor,
    account,
    accounts,
    record,
    ...accreditationRoutes,
    ...reportRoutes,
  ]),
  scrollRestoration: true,
  defaultPreload: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
