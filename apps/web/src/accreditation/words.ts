import type { AccreditationCheck, AccreditationState, ObserverKind, OwnApplication } from '@app/contracts';

export const KIND_WORDS: Readonly<Record<ObserverKind, string>> = {
  party: 'Party or candidate',
  citizen: 'Citizen observers',
  international: 'International mission',
  media: 'Media',
};

export const STATE_WORDS: Readonly<Record<AccreditationState, string>> = {
  submitted: 'Waits for a decision',
  needs_info: 'Waits for your answer',
  approved: 'Approved',
  rejected: 'Rejected',
  suspended: 'Suspended',
  revoked: 'Revoked',
  expired: 'Expired',
};

/** The same as the commission reads it. */
export const STAFF_STATE_WORDS: Readonly<Record<AccreditationState, string>> = {
  ...STATE_WORDS,
  needs_info: 'Waits for the applicant',
};

type Tone = 'live' | 'late' | 'down' | 'off';

export const STATE_TONES: Readonly<Record<AccreditationState, Tone>> = {
  submitted: 'late',
  needs_info: 'off',
  approved: 'live',
  rejected: 'down',
  suspended: 'late',
  revoked: 'down',
  expired: 'off',
};

export const CHECK_WORDS: Readonly<Record<AccreditationCheck['result'], { title: string; text: string; tone: Tone }>> = {
  valid: { title: 'Valid', text: 'This accreditation is valid now.', tone: 'live' },
  'not-yet-valid': { title: 'Not valid yet', text: 'It begins later; see the dates.', tone: 'late' },
  suspended: { title: 'Not valid: suspended', text: 'It was suspended. The holder may not observe now.', tone: 'down' },
  revoked: { title: 'Not valid: revoked', text: 'It was revoked. The holder may not observe.', tone: 'down' },
  expired: { title: 'Not valid: expired', text: 'Its time is over.', tone: 'down' },
  unknown: { title: 'Not valid: unknown number', text: 'No accreditation has this number.', tone: 'down' },
  mistyped: {
    title: 'There is a typing error',
    text: 'The last character does not fit the others, so one of them is wrong. Look at the badge and type it again.',
    tone: 'late',
  },
};

type ScopeWords = NonNullable<OwnApplication['scope']>;

/** `The whole election`, `Region North / Upper, South`, `Stations 0101, 0102`. */
export const scopeText = ({ kind, places }: ScopeWords): string => {
  if (kind === 'election') return 'The whole election';
  const word = kind === 'regions' ? 'Region' : 'Station';
  return `${places.length === 1 ? word : `${word}s`} ${places.join(', ')}`;
};

/** `3 h`, `2.5 days`: how long decisions take. */
export const hoursText = (hours: number): string => {
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} min`;
  if (hours < 48) return `${Math.round(hours)} h`;
  return `${(hours / 24).toFixed(1)} days`;
};
