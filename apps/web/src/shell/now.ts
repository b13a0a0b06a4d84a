import { useEffect, useState } from 'react';
import { serverClock } from '../api/server-clock';

/** Epoch ms by the server's clock, renewed every `everyMs`. */
export const useNow = (everyMs = 1000): number => {
  const [now, setNow] = useState(() => serverClock.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(serverClock.now()), everyMs);
    return () => window.clearInterval(timer);
  }, [everyMs]);
  return now;
};
