import { type CheckFindingCode, type Device, type DeviceCheck, routes } from '@app/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call, messageOf } from '../api/call';
import { momentIn } from '../time/format';
import { t } from '../words';
import { devicesQuery } from './queries';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Tapes that were looked at, and what differs; each finding becomes an incident with one press. */
export const CheckList = ({ code, device }: { code: string; device: Device }) => {
  if (device.checks.length === 0) return null;
  return (
    <ul className="report-list">
      {device.checks.map((check) => (
        <li key={check.id} className="check" data-testid="device-check">
          <p>
            {t(`reports:check.kinds.${check.kind}`)}, {momentIn(Date.parse(check.observedAt), ZONE)}
          </p>
          {check.findings.length === 0 && <p className="small check-clean">{t('reports:check.clean')}</p>}
          <ul>
            {check.findings.map((finding) => (
              <Finding key={finding.code} code={code} check={check} finding={finding} />
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
};

interface FindingProps {
  code: string;
  check: DeviceCheck;
  finding: DeviceCheck['findings'][number];
}

const Finding = ({ code, check, finding }: FindingProps) => {
  const client = useQueryClient();
  const flag = useMutation({
    mutationFn: (found: CheckFindingCode) => call(routes.flagDeviceCheck, { params: { id: check.id }, body: { finding: found } }),
    onSuccess: () => client.invalidateQueries({ queryKey: devicesQuery(code).queryKey }),
  });
  return (
    <li className="finding" data-testid="finding">
      <p className="finding-name">{t(`reports:check.findings.${finding.code}`)}</p>
      <p className="small">{t('reports:check.differs', { expected: finding.expected, found: finding.found })}</p>
      {finding.incidentId !== null ? (
        <Link to="/m/flags/$id" params={{ id: finding.incidentId }} className="button button-quiet">
          {t('reports:check.flagged', { number: finding.incidentNumber ?? 0 })}
        </Link>
      ) : (
        check.mine && (
          <button type="button" className="button" disabled={flag.isPending} onClick={() => flag.mutate(finding.code)}>
            {t('reports:check.flag', { code: finding.incident })}
          </button>
        )
      )}
      {flag.isError && (
        <p role="alert" className="problem small">
          {messageOf(flag.error)}
        </p>
      )}
    </li>
  );
};
