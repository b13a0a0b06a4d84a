import { CHECK_KINDS, type CheckKind, type Device, routes } from '@app/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { call, messageOf } from '../api/call';
import { serverClock } from '../api/server-clock';
import { newKey } from '../flags/new-key';
import { t } from '../words';
import { devicesQuery } from './queries';
import { readNumbers, readSeals } from './typed-lists';

/** A zero tape or a result tape, as the observer reads it. */
export const CheckForm = ({ code, device, onDone }: { code: string; device: Device; onDone: () => void }) => {
  const [kind, setKind] = useState<CheckKind>('zero-tape');
  const [printed, setPrinted] = useState(true);
  const [texts, setTexts] = useState({ serial: '', seals: '', printedAt: '', numbers: '', protocol: '', note: '' });
  const key = useRef(newKey());
  const client = useQueryClient();
  const [numbers, protocol] = [readNumbers(texts.numbers), readNumbers(texts.protocol)];
  const isWhole = numbers !== null && protocol !== null;
  const send = useMutation({
    mutationFn: () => {
      const { serial, seals, printedAt, note } = texts;
      const body = {
        kind,
        observedAt: new Date(serverClock.now()).toISOString(),
        serial: serial.trim(),
        seals: readSeals(seals),
        printed,
        printedAt: printed && printedAt !== '' ? new Date(printedAt).toISOString() : null,
        numbers: printed ? (numbers ?? []) : [],
        protocol: kind === 'result-tape' ? (protocol ?? []) : [],
        ...(note.trim() !== '' && { note: note.trim() }),
      };
      return call(routes.checkDevice, { params: { code, deviceId: device.id }, body }, { idempotencyKey: key.current });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: devicesQuery(code).queryKey });
      onDone();
    },
  });
  const set = (name: keyof typeof texts) => (value: string) => {
    // Another content is another request.
    key.current = newKey();
    setTexts({ ...texts, [name]: value });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isWhole) send.mutate();
  };
  return (
    <form className="device-form" onSubmit={submit}>
      <fieldset className="answers answers-typed">
        <legend>{t('reports:check.kind')}</legend>
        {CHECK_KINDS.map((each) => (
          <label key={each} className="answer">
            <input type="radio" name="kind" checked={kind === each} onChange={() => setKind(each)} />
            <span>{t(`reports:check.kinds.${each}`)}</span>
          </label>
        ))}
      </fieldset>
      <Text label={t('reports:check.serialSeen')} value={texts.serial} onChange={set('serial')} required />
      <Text label={t('reports:check.sealsSeen')} value={texts.seals} onChange={set('seals')} />
      <label className="answer">
        <input type="checkbox" checked={printed} onChange={({ target }) => setPrinted(target.checked)} />
        <span>{t('reports:check.printed')}</span>
      </label>
      {printed && (
        <>
          <label className="form-field">
            <span>{t('reports:check.printedAt')}</span>
            <input
              className="field"
              type="datetime-local"
              value={texts.printedAt}
              onChange={({ target }) => set('printedAt')(target.value)}
            />
          </label>
          <Long label={t('reports:check.numbers')} value={texts.numbers} onChange={set('numbers')} isWrong={numbers === null} />
        </>
      )}
      {kind === 'result-tape' && (
        <Long label={t('reports:check.protocol')} value={texts.protocol} onChange={set('protocol')} isWrong={protocol === null} />
      )}
      <Text label={t('reports:check.note')} value={texts.note} onChange={set('note')} />
      {send.isError && (
        <p role="alert" className="problem">
          {messageOf(send.error)}
        </p>
      )}
      <p className="report-actions">
        <button type="submit" className="button button-primary" disabled={send.isPending || !isWhole}>
          {t('reports:check.send')}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {t('reports:cancel')}
        </button>
      </p>
    </form>
  );
};

interface TextProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

const Text = ({ label, value, onChange, required = false }: TextProps & { required?: boolean }) => (
  <label className="form-field">
    <span>{label}</span>
    <input
      className="field"
      value={value}
      maxLength={200}
      required={required}
      autoComplete="off"
      onChange={({ target }) => onChange(target.value)}
    />
  </label>
);

const Long = ({ label, value, onChange, isWrong }: TextProps & { isWrong: boolean }) => (
  <label className="form-field">
    <span>{label}</span>
    <textarea
      className="field"
      rows={4}
      dir="auto"
      value={value}
      aria-invalid={isWrong}
      onChange={({ target }) => onChange(target.value)}
    />
    {isWrong && <span className="problem small">{t('reports:check.numbersRule')}</span>}
  </label>
);
