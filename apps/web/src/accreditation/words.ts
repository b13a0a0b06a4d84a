import { type AccreditationCheck, type AccreditationState, OBSERVER_KINDS, type OwnApplication } from '@app/contracts';
import { decimalText } from '../time/format';
import { t } from '../words';

/** Kinds of observers with what each is called, in the order in which they are offered. */
export const kindChoices = () => OBSERVER_KINDS.map((kind) => [kind, t(`terms:observerKinds.${kind}`)] as const);

/** A state as the commission reads it; the applicant reads `states`. */
export const staffStateText = (state: AccreditationState): string =>
  state === 'needs_info' ? t('accreditation:waitsForApplicant') : t(`accreditation:states.${state}`);

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

export const CHECK_TONES: Readonly<Record<AccreditationCheck['result'], Tone>> = {
  valid: 'live',
  'not-yet-valid': 'late',
  suspended: 'down',
  revoked: 'down',
  expired: 'down',
  unknown: 'down',
  mistyped: 'late',
};

type ScopeWords = NonNullable<OwnApplication['scope']>;

/** `The whole election`, `Regions North / Upper, South`, `Stations 0101, 0102`. */
export const scopeText = ({ kind, places }: ScopeWords): string =>
  kind === 'election'
    ? t('accreditation:scope.election')
    : t(`accreditation:scope.${kind}`, { count: places.length, places: places.join(', ') });

/** `3 h`, `2.5 days`: how long decisions take. */
export const hoursText = (hours: number): string => {
  if (hours < 1) return t('accreditation:length.minutes', { minutes: Math.max(1, Math.round(hours * 60)) });
  if (hours < 48) return t('accreditation:length.hours', { hours: Math.round(hours) });
  return t('accreditation:length.days', { days: decimalText(hours / 24) });
};
