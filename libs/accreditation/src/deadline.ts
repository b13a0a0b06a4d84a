const DAY_MS = 86_400_000;

interface Waiting {
  dueAt: Date;
  /** When the applicant was asked; null: the application waits for the deciders. */
  askedAt: Date | null;
}

/** By when an application is to be decided. Days are counted in full, whatever day of the week it is. */
export function deadlineOf(submittedAt: Date, days: number): Date {
  return new Date(submittedAt.getTime() + days * DAY_MS);
}

/** The deadline after an answer: the time that the applicant took is not the deciders'. */
export function deadlineAfterAnswer(dueAt: Date, askedAt: Date, answeredAt: Date): Date {
  return new Date(dueAt.getTime() + Math.max(0, answeredAt.getTime() - askedAt.getTime()));
}

/** Whether the deciders are late now. While the applicant is asked the clock stands: only what was late before is late. */
export function isOverdue({ dueAt, askedAt }: Waiting, now: Date): boolean {
  return dueAt < (askedAt ?? now);
}
