import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { readLocal, writeLocal } from '../api/session-hint';
import { t } from '../words';
import { handingOf, heldQuery, newlyHanded } from './hand-over-query';
import '../styles/handed.css';

const KEY = 'pollglass.handed-seen';
const KEPT = 50;

const seenBefore = (): string[] => (readLocal(KEY) ?? '').split('\n').filter((line) => line !== '');

/** On every page: cases that a colleague handed over, until they are opened or put away. */
const HandedNotice = () => {
  const { data: held = [] } = useQuery(heldQuery);
  const { id: open } = useParams({ strict: false });
  const [seen, setSeen] = useState<readonly string[]>(seenBefore);
  const handed = newlyHanded(held, new Set(seen));
  const see = (handing: string | null) => {
    if (handing !== null && !seen.includes(handing)) setSeen([...seen, handing].slice(-KEPT));
  };
  // Whoever is on the page of the case has seen that it came.
  const opened = handed.find(({ id }) => id === open);
  if (opened) see(handingOf(opened));
  useEffect(() => writeLocal(KEY, seen.length === 0 ? null : seen.join('\n')), [seen]);
  return (
    <div role="status" className={handed.length > 0 ? 'handed' : undefined}>
      {handed.map((incident) => (
        <p key={handingOf(incident)} className="handed-one" data-testid="handed">
          <span dir="auto">{t('desk:handed.words', { name: incident.holder?.handed?.by ?? '', number: incident.number })}</span>{' '}
          {incident.holder?.handed?.reason && (
            <q className="small" dir="auto">
              {incident.holder.handed.reason}
            </q>
          )}{' '}
          <Link to="/c/case/$id" params={{ id: incident.id }} className="button" onClick={() => see(handingOf(incident))}>
            {t('desk:handed.open')}
          </Link>
          <button type="button" className="button" onClick={() => see(handingOf(incident))}>
            {t('desk:handed.close')}
          </button>
        </p>
      ))}
    </div>
  );
};

export default HandedNotice;
