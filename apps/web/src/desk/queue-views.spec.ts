import { ROLE_PERMISSIONS } from '@app/contracts';
import { firstViewOf } from './queue-views';

it.each([
  ['triage', 'triage'],
  ['reviewer', 'review'],
  ['chair', 'panel'],
  ['auditor', 'all'],
] as const)('a %s begins with the view %s', (role, view) => expect(firstViewOf(ROLE_PERMISSIONS[role])).toBe(view));
