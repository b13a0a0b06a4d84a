import { type Device, DEVICE_KINDS, DEVICE_STATES, type DeviceKind, type DeviceState, routes } from '@app/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { call, messageOf } from '../api/call';
import { serverClock } from '../api/server-clock';
import { newKey } from '../flags/new-key';
import { t } from '../words';
import { devicesQuery } from './queries';
import { readSeals } from './typed-lists';

/** Enters a device, or puts on record what became of one. */
export const DeviceForm = ({ code, device, onDone }: { code: string; device?: Device; onDone: () => void }) => {
  const [kind, setKind] = useState<DeviceKind>('voting-machine');
  const [state, setState] = useState<DeviceState>(device?.state ?? 'registered');
  const [texts, setTexts] = useState({ serial: device?.serial ?? '', seals: device?.seals.join(', ') ?? '', reason: '' });
  const key = useRef(newKey());
  const client = useQueryClient();
  const send = useMutation({
    mutationFn: () => {
      const common = {
        serial: texts.serial.trim(),
        seals: readSeals(texts.seals),
        at: new Date(serverClock.now()).toISOString(),
        reason: texts.reason.trim(),
      };
      const options = { idempotencyKey: key.current };
      return device
        ? call(routes.changeDevice, { params: { code, deviceId: device.id }, body: { ...common, state } }, options)
        : call(routes.registerDevice, { params: { code }, body: { ...common, kind } }, options);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: devicesQuery(code).queryKey });
      onDone();
    },
    onError: () => {
      key.current = newKey();
    },
  });
  const field = (name: keyof typeof texts, label: string, required: boolean) => (
    <label className="form-field">
      <span>{label}</span>
      <input
        className="field"
        value={texts[name]}
        required={required}
        maxLength={200}
        autoComplete="off"
        onChange={({ target }) => setTexts({ ...texts, [name]: target.value })}
      />
    </label>
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <form className="panel report-box device-form" onSubmit={submit}>
      {device ? (
        <label className="form-field">
          <span>{t('reports:devices.state')}</span>
          <select className="field" value={state} onChange={({ target }) => setState(target.value as DeviceState)}>
            {DEVICE_STATES.map((each) => (
              <option key={each} value={each}>
                {t(`reports:devices.states.${each}`)}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <label className="form-field">
          <span>{t('reports:devices.kind')}</span>
          <select className="field" value={kind} onChange={({ target }) => setKind(target.value as DeviceKind)}>
            {DEVICE_KINDS.map((each) => (
              <option key={each} value={each}>
                {t(`reports:devices.kinds.${each}`)}
              </option>
            ))}
          </select>
        </label>
      )}
      {field('serial', t('reports:devices.serial'), true)}
      {field('seals', t('reports:devices.sealsTyped'), false)}
      {field('reason', t('reports:devices.reason'), true)}
      {send.isError && (
        <p role="alert" className="problem">
          {messageOf(send.error)}
        </p>
      )}
      <p className="report-actions">
        <button type="submit" className="button button-primary" disabled={send.isPending}>
          {t('reports:devices.save')}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {t('reports:cancel')}
        </button>
      </p>
    </form>
  );
};
