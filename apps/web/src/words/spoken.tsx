import i18next from 'i18next';
import { Fragment, type ReactNode, useSyncExternalStore } from 'react';

const subscribe = (changed: () => void): (() => void) => {
  i18next.on('languageChanged', changed);
  return () => i18next.off('languageChanged', changed);
};

/** Renders everything within anew when the language changes. */
export const Spoken = ({ children }: { children: ReactNode }) => (
  <Fragment key={useSyncExternalStore(subscribe, () => i18next.language)}>{children}</Fragment>
);
