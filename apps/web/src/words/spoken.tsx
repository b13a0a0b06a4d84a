import { Fragment, type ReactNode, useSyncExternalStore } from 'react';
import { dictionary } from '.';

/** Renders everything within anew when the language changes. */
export const Spoken = ({ children }: { children: ReactNode }) => (
  <Fragment key={useSyncExternalStore(dictionary.onChange, () => dictionary.language)}>{children}</Fragment>
);
