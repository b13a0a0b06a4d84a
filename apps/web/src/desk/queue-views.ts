import type { IncidentState, Permission } from '@app/contracts';

/** A ready-made filter of the queue, by the kind of work. */
export interface QueueView {
  name: string;
  words: string;
  states: readonly IncidentState[];
  /** Whose work this is. */
  permission: Permission;
}

export const QUEUE_VIEWS = [
  { name: 'mine', words: 'Held by me', states: [], permission: 'incident.read-all' },
  { name: 'triage', words: 'To triage', states: ['submitted', 'triaging'], permission: 'incident.triage' },
  { name: 'review', words: 'To review', states: ['in_review'], permission: 'incident.review' },
  { name: 'second', words: 'Second opinion', states: ['awaiting_second'], permission: 'incident.review' },
  { name: 'panel', words: 'Panel', states: ['disputed'], permission: 'incident.panel' },
  { name: 'questions', words: 'Waiting for answers', states: ['needs_info'], permission: 'incident.triage' },
  { name: 'decided', words: 'Decided', states: ['decided', 'closed'], permission: 'incident.read-all' },
  { name: 'all', words: 'All', states: [], permission: 'incident.read-all' },
] as const satisfies readonly QueueView[];

export type QueueViewName = (typeof QUEUE_VIEWS)[number]['name'];

export const viewNamed = (name: unknown): (typeof QUEUE_VIEWS)[number] | undefined =>
  QUEUE_VIEWS.find((view) => view.name === name);

/** The view a person starts with: the first that is their own work. */
export const firstViewOf = (permissions: readonly Permission[]): QueueViewName =>
  QUEUE_VIEWS.find(({ permission }) => permission !== 'incident.read-all' && permissions.includes(permission))?.name ?? 'all';
