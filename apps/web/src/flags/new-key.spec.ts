import { Id } from '@app/contracts';
import { newKey } from './new-key';

it('keys are UUIDs and differ', () => {
  const keys = Array.from({ length: 100 }, newKey);
  for (const key of keys) expect(Id.safeParse(key).success).toBe(true);
  expect(new Set(keys).size).toBe(100);
});
