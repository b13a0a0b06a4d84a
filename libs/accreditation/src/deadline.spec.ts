import { deadlineAfterAnswer, deadlineOf, isOverdue } from './deadline';

const at = (day: number) => new Date(Date.UTC(2026, 10, day, 9));

describe('the deadline of a decision', () => {
  it('comes so many days after the application', () => {
    expect(deadlineOf(at(1), 5)).toEqual(at(6));
  });

  it('waits while the applicant is asked', () => {
    expect(deadlineAfterAnswer(at(6), at(2), at(9))).toEqual(at(13));
    expect(isOverdue({ dueAt: at(6), askedAt: at(2) }, at(20))).toBe(false);
  });

  it('does not come nearer when clocks are set back between question and answer', () => {
    expect(deadlineAfterAnswer(at(6), at(9), at(2))).toEqual(at(6));
  });

  it('is missed after it, not at it, and a question does not undo that', () => {
    expect(isOverdue({ dueAt: at(6), askedAt: null }, at(6))).toBe(false);
    expect(isOverdue({ dueAt: at(6), askedAt: null }, new Date(at(6).getTime() + 1))).toBe(true);
    expect(isOverdue({ dueAt: at(6), askedAt: at(8) }, at(9))).toBe(true);
  });
});
