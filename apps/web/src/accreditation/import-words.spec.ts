import { dictionary } from '../words';
import { problemText } from './import-words';

const problem = { code: 'person.places', message: 'There is no region North.' };

describe(problemText, () => {
  afterEach(() => dictionary.speak('en'));

  it('is what the server says where that is the language', () => expect(problemText(problem)).toBe(problem.message));

  it('is what the code says in any other, and what the server says of a code that is not known here', async () => {
    dictionary.speak('ru');
    expect(problemText(problem)).not.toBe(problem.message);
    expect(problemText({ code: 'person.shoes', message: 'They are brown.' })).toBe('They are brown.');
  });
});
