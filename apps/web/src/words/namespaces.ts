/** One file of texts for each part of the interface, in `locales/<language>/<namespace>.json`. */
export const NAMESPACES = [
  'shell',
  'time',
  'terms',
  'errors',
  'start',
  'station',
  'past',
  'record',
  'flags',
  'commission',
  'desk',
  'evidence',
  'account',
  'accreditation',
  'admin',
  'operators',
  'wall',
  'audit',
  'reports',
] as const;

export type Namespace = (typeof NAMESPACES)[number];
