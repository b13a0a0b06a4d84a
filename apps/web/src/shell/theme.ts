import { readLocal, writeLocal } from '../api/session-hint';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'pollglass.theme';

export const currentTheme = (): Theme => THEMES.find((theme) => theme === readLocal(KEY)) ?? 'auto';

/** `auto` follows the system; the other two are kept on this device. */
export const setTheme = (theme: Theme): void => {
  writeLocal(KEY, theme === 'auto' ? null : theme);
  applyTheme(theme);
};

export const applyTheme = (theme: Theme): void => {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
};
