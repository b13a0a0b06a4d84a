import type { Texts } from '../dictionary';

/** Where each file of this language is. */
export const files = import.meta.glob<{ default: Texts }>([
  '../../../locales/en/*.json',
  // In the program.
  '!../../../locales/en/{shell,time,start}.json',
]);
