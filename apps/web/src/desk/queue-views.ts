import type { IncidentState, Permission } from '@app/contracts';

/** A ready-made filter of the queue, by the kind of work. */
export interface QueueView {
  name: string;
  states: readonly IncidentState[];
  /** Whose work this is. */
  permission: Permission;
}

export const QUEUE_VIEWS = [
  { name: 'mine', states: [], permission: 'incident.read-all' },
  { name: 'triage', states: ['submitted', 'triaging'], permission: 'incident.triage' },
  { name: 'review', states: ['in_review'], permission: 'incident.review' },
  { name: 'second', states: ['awaiting_second'], permission: 'incident.review' },
  { name: 'panel', states: ['disputed'], permission: 'incident.panel' },
  { name: 'questions', states: ['needs_info'], permission: 'incident.triage' },
  { name: 'decided', states: ['decided', 'closed'], permission: 'incident.read-all' },
  { name: 'all', states: [], permission: 'incident.read-all' },
] as const satisfies readonly QueueView[];

export type QueueViewName = (typeof QUEUE_VIEWS)[number]['name'];

export const viewNamed = (name: unknown): (typeof QUEUE_VIEWS)[number] | undefined =>
  QUEUE_VIEWS.find((view) => view.name === name);

/** The view a person starts with: the first that is their own work. */
export const firstViewOf = (permissions: readonly Permission[]): QueueViewName =>
  QUEUE_VIEWS.find(({ permission }) => permission !== 'incident.read-all' && permissions.includes(permission))?.name ?? 'all';
