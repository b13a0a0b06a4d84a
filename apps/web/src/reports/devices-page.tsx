import { type Device, type Session } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { StaffOnly } from '../account/staff-only';
import { may } from '../api/queries';
import { EmptyNotice, ErrorNotice, Skeleton } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { momentIn } from '../time/format';
import { t } from '../words';
import { CheckForm } from './check-form';
import { CheckList } from './check-list';
import { DeviceForm } from './device-form';
import { devicesQuery } from './queries';
import '../styles/reports.css';

const SEE = ['report.fill', 'report.read', 'station.import'] as const;
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The e-voting devices of a station: the register, its history, and what was found. */
export const DevicesPage = () => (
  <StaffOnly anyOf={SEE} title={t('reports:devices.title')}>
    {(session) => <Devices session={session} />}
  </StaffOnly>
);

const Devices = ({ session }: { session: Session }) => {
  const { code } = useParams({ from: '/m/devices/$code' });
  const devices = useQuery(devicesQuery(code));
  const [adding, setAdding] = useState(false);
  return (
    <div className="narrow reports">
      <PageHeading title={t('reports:devices.title')}>
        {t('reports:devices.title')} <span className="quiet">{code}</span>
      </PageHeading>
      {devices.isPending && <Skeleton label={t('shell:loading')} count={2} className="skeleton-line" />}
      {devices.isError && (
        <ErrorNotice title={t('reports:devices.unknown')} error={devices.error} onRetry={() => void devices.refetch()} />
      )}
      {devices.data?.length === 0 && <EmptyNotice title={t('reports:devices.none')} />}
      <ul className="report-list">
        {devices.data?.map((device) => (
          <DeviceEntry key={device.id} code={code} device={device} mayCheck={may(session, 'report.fill')} />
        ))}
      </ul>
      {(may(session, 'report.fill') || may(session, 'station.import')) &&
        (adding ? (
          <DeviceForm code={code} onDone={() => setAdding(false)} />
        ) : (
          <button type="button" className="button button-wide" onClick={() => setAdding(true)}>
            {t('reports:devices.add')}
          </button>
        ))}
      {may(session, 'report.fill') && (
        <Link to="/m/reports" className="button button-quiet">
          {t('reports:fill.toMine')}
        </Link>
      )}
    </div>
  );
};

const DeviceEntry = ({ code, device, mayCheck }: { code: string; device: Device; mayCheck: boolean }) => {
  const [open, setOpen] = useState<'check' | 'change' | null>(null);
  return (
    <li className="panel report-box" data-testid="device">
      <h2>
        {t(`reports:devices.kinds.${device.kind}`)} <bdi className="code">{device.serial}</bdi>
      </h2>
      <dl className="report-facts">
        <dt>{t('reports:devices.state')}</dt>
        <dd>{t(`reports:devices.states.${device.state}`)}</dd>
        <dt>{t('reports:devices.seals')}</dt>
        <dd>{device.seals.length === 0 ? t('reports:devices.noSeals') : device.seals.join(', ')}</dd>
        <dt>{t('reports:devices.source')}</dt>
        <dd>{t(`reports:devices.sources.${device.source}`)}</dd>
      </dl>
      <CheckList code={code} device={device} />
      <details>
        <summary>{t('reports:devices.history', { count: device.history.length })}</summary>
        <ol className="device-history">
          {device.history.map((step) => (
            <li key={step.seq} className="small">
              {momentIn(Date.parse(step.at), ZONE)}: {t(`reports:devices.states.${step.state}`)}, {step.serial},{' '}
              {step.seals.join(', ')}
              <br />
              <span className="quiet">
                {step.by ?? t('reports:devices.anObserver')}: {step.reason}
              </span>
            </li>
          ))}
        </ol>
      </details>
      {open === 'check' && <CheckForm code={code} device={device} onDone={() => setOpen(null)} />}
      {open === 'change' && <DeviceForm code={code} device={device} onDone={() => setOpen(null)} />}
      {open === null && (
        <p className="report-actions">
          {mayCheck && (
            <button type="button" className="button button-primary" onClick={() => setOpen('check')}>
              {t('reports:check.begin')}
            </button>
          )}
          {device.mayChange && (
            <button type="button" className="button" onClick={() => setOpen('change')}>
              {t('reports:devices.change')}
            </button>
          )}
        </p>
      )}
    </li>
  );
};
