import type { ScopeRef } from '@app/contracts';
import type { Row } from '@app/database';

type ScopeColumns = Pick<Row<'grants'>, 'scope_kind' | 'scope_id'>;

export function scopeColumns(scope: ScopeRef): ScopeColumns {
  return { scope_kind: scope.kind, scope_id: scope.kind === 'all' ? null : scope.id };
}

export function scopeRef({ scope_kind: kind, scope_id: id }: ScopeColumns): ScopeRef {
  if (kind === 'all') return { kind };
  if (id === null) throw new Error(`A scope of kind ${kind} names no place`);
  return { kind, id };
}
