import { ApiError } from '../api/call';
import { fieldProblemsOf } from './field-problems';

describe(fieldProblemsOf, () => {
  it('tells the first rule of each field, and of lists the list', () => {
    const details = [
      { field: 'email', rule: 'is an e-mail address' },
      { field: 'email', rule: 'another' },
      { field: 'regions.3', rule: 'Invalid UUID' },
    ];
    const error = new ApiError(422, 'request.invalid', 'x', null, details);
    expect([...fieldProblemsOf(error)]).toEqual([
      ['email', 'Write an e-mail address, such as name@example.org.'],
      ['regions', 'Invalid UUID'],
    ]);
  });

  it.each([new Error('x'), new ApiError(0, 'network.unreachable', 'x', null), new ApiError(409, 'x', 'x', null, { state: 'x' })])(
    'is empty for %s',
    (error) => expect(fieldProblemsOf(error).size).toBe(0),
  );
});
