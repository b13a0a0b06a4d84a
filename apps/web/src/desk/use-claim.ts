import { routes, type IncidentDetail } from '@app/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '../api/call';

const RENEW_MS = 3 * 60_000;
/** Who touched nothing for this long is not working on it. */
const IDLE_MS = 6 * 60_000;

/** Goes on holding a claim while its holder works on the page. */
export const useClaim = ({ id, holder }: Pick<IncidentDetail, 'id' | 'holder'>, userId: string): void => {
  const client = useQueryClient();
  const mine = holder?.id === userId;
  useEffect(() => {
    if (!mine) return undefined;
    let activeAt = Date.now();
    const touch = () => (activeAt = Date.now());
    const renew = () => {
      if (Date.now() - activeAt > IDLE_MS) return;
      // Whether it was lost meanwhile is what the case itself says when it is read again.
      void call(routes.claimIncident, { params: { id } })
        .catch(() => undefined)
        .finally(() => void client.invalidateQueries({ queryKey: ['flag', id] }));
    };
    const timer = window.setInterval(renew, RENEW_MS);
    document.addEventListener('pointerdown', touch);
    document.addEventListener('keydown', touch);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener('pointerdown', touch);
      document.removeEventListener('keydown', touch);
    };
  }, [id, mine, client]);
};
