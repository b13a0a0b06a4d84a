import { REPORT_FORMS, type ReportForm, routes } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useId, useState, type FormEvent } from 'react';
import { call, messageOf } from '../api/call';
import { suggestionsQuery } from '../api/queries';
import { serverClock } from '../api/server-clock';
import { newKey } from '../flags/new-key';
import { dictionary, t } from '../words';
import { readKit, rememberStation } from './kit';
import { isUnreachable, useForms } from './queries';
import { type KnownStation, newReport } from './report-entry';
import type { Reporter } from './reporters-only';
import { senderFor } from './use-reports';

/** The station and the form, and off one goes. Without network the number of the station is taken as it is typed. */
export const NewReportForm = ({ user }: { user: Reporter }) => {
  const [code, setCode] = useState('');
  const [form, setForm] = useState<ReportForm | ''>('');
  const [problem, setProblem] = useState<string | null>(null);
  const { data: forms } = useForms(dictionary.language);
  const { data: suggested } = useQuery({ ...suggestionsQuery(code.trim()), retry: false });
  const navigate = useNavigate();
  const listId = useId();
  const kept = readKit().stations;
  const options = code.trim() === '' ? kept : (suggested?.items ?? kept);
  const definition = forms?.find((known) => known.form === form);

  const start = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!definition) return;
    try {
      const station = await stationNamed(code.trim());
      rememberStation(station);
      const { form: kind, version } = definition;
      const entry = newReport({ key: newKey(), userId: user.id, station, form: kind, formVersion: version }, serverClock.now());
      await senderFor(user.id).add(entry);
      await navigate({ to: '/m/reports/$key', params: { key: entry.key } });
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <form className="panel report-box" onSubmit={(event) => void start(event)}>
      <h2>{t('reports:new.heading')}</h2>
      <label className="form-field">
        <span>{t('reports:new.station')}</span>
        <input
          className="field"
          required
          list={listId}
          autoComplete="off"
          value={code}
          maxLength={40}
          onChange={({ target }) => {
            setCode(target.value);
            setProblem(null);
          }}
        />
      </label>
      <datalist id={listId}>
        {options.map((station) => (
          <option key={station.code} value={station.code}>
            {station.name}
          </option>
        ))}
      </datalist>
      <fieldset className="form-field answers">
        <legend>{t('reports:new.form')}</legend>
        {REPORT_FORMS.map((kind) => (
          <label key={kind} className="answer">
            <input type="radio" name="form" required checked={form === kind} onChange={() => setForm(kind)} />
            <span>{t(`reports:forms.${kind}`)}</span>
          </label>
        ))}
      </fieldset>
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      <button type="submit" className="button button-primary button-wide" disabled={form !== '' && !definition}>
        {t('reports:new.start')}
      </button>
      {code.trim() !== '' && (
        <Link to="/m/devices/$code" params={{ code: code.trim() }} className="button button-quiet button-wide">
          {t('reports:devices.open')}
        </Link>
      )}
    </form>
  );
};

const stationNamed = async (code: string): Promise<KnownStation> => {
  try {
    const { code: known, name, timezone } = await call(routes.getStation, { params: { code } });
    return { code: known, name, timezone };
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return readKit().stations.find((station) => station.code === code) ?? { code, name: '', timezone };
  }
};
