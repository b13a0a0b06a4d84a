import { CASE_ACTIONS, type CaseAction, type ErrorCode, type IncidentState } from '@app/contracts';
import type { Case, CaseActor, Span, Vote } from './case';
import type { Command } from './command';
import type { Guard, Step } from './guards';
import { MOVES } from './moves';
import { type Transition, TRANSITIONS, type Who } from './transition-table';

export interface Refusal {
  ok: false;
  code: ErrorCode;
  message: string;
  details?: unknown;
}

export interface Applied {
  ok: true;
  next: Case;
  /** What this action added to the votes. */
  vote?: Vote;
  /** Whether the incident was decided by it. */
  decided: boolean;
  /** In which capacity the actor did it. */
  as: Who;
}

/** A claim alone changes nothing of the incident: it makes no version. */
export const LEASE_ACTIONS: ReadonlySet<CaseAction> = new Set<CaseAction>(['renew', 'release', 'hand-over', 'break']);

/**
 * What an action makes of an incident, or why it is refused: first who may do it at all, then from which states, then
 * the guards in their order.
 */
export function applyCommand(step: Step): Applied | Refusal {
  const { incident, command } = step;
  const row = rowFor(step.command.action, step);
  if ('ok' in row) return row;
  const failed = row.guards.find((guard) => !guard.holds(step));
  if (failed) return refusalBy(failed, step);
  // The command of a step and the move of its action have the same type, which the compiler cannot follow through the table.
  const move = MOVES[command.action] as (step: Step) => Partial<Case>;
  const moved: Case = { ...incident, ...move(step) };
  const next = isLeaseOnly(step, moved) ? moved : { ...moved, version: incident.version + 1 };
  const vote = next.votes.length > incident.votes.length ? next.votes.at(-1) : undefined;
  const as = row.who.find((each) => is(each, step)) as Who;
  return { ok: true, next, as, decided: next.state === 'decided' && incident.state !== 'decided', ...(vote && { vote }) };
}

function isLeaseOnly({ command, incident }: Step, moved: Case): boolean {
  return LEASE_ACTIONS.has(command.action) || (command.action === 'claim' && moved.state === incident.state);
}

/** Actions that the actor's role and the state allow, and what blocks each of them now, as far as is known before it is asked for. */
export function allowedActions(facts: {
  incident: Case;
  actor: CaseActor;
  now: number;
  played: readonly Span[];
}): { action: CaseAction; blockedBy: ErrorCode | null }[] {
  return CASE_ACTIONS.flatMap((action) => {
    const step: Step = { ...facts, command: { action } as Command };
    const row = rowFor(action, step);
    if ('ok' in row) return [];
    const failed = row.guards.find((guard) => !guard.ofInput && !guard.holds(step));
    return [{ action, blockedBy: failed?.code ?? null }];
  });
}

function rowFor(action: CaseAction, step: Step): Transition | Refusal {
  const rows = TRANSITIONS.filter((each) => each.action === action);
  const ofActor = rows.filter(({ who }) => who.some((each) => is(each, step)));
  if (ofActor.length === 0) return { ok: false, code: 'access.denied', message: 'Your role does not do this.' };
  return ofActor.find(({ from }) => from.includes(step.incident.state)) ?? refusedFrom(step.incident.state, action, rows);
}

/** From a state where others do it, it is the role that is wrong. */
function refusedFrom(state: IncidentState, action: CaseAction, rows: Transition[]): Refusal {
  if (rows.some(({ from }) => from.includes(state)))
    return { ok: false, code: 'access.denied', message: 'Your role does not do this in this state.' };
  const from = [...new Set(rows.flatMap((row) => row.from))];
  return {
    ok: false,
    code: 'incident.transition-refused',
    message: `An incident that is ${state} cannot be ${action}: that is done from ${from.join(', ')}.`,
    details: { state, action, from },
  };
}

function is(who: Who, { actor, incident }: Step): boolean {
  if (actor.kind === 'system') return who === 'system';
  if (who === 'system') return false;
  if (who === 'reporter') return actor.id === incident.reporterId && actor.permissions.includes('incident.flag');
  return actor.permissions.includes(who);
}

function refusalBy(guard: Guard, step: Step): Refusal {
  const details = guard.details?.(step);
  return { ok: false, code: guard.code, message: guard.message, ...(details !== undefined && details !== null && { details }) };
}
