import { ERROR_STATUS, FAULTS } from '@app/contracts';
import texts from '../../locales/en/errors.json';

const codes = Object.entries(texts.codes).flatMap(([subject, rules]) => Object.keys(rules).map((rule) => `${subject}.${rule}`));

describe('the texts of what the server says in English', () => {
  it('are there for every code of an error, and for no other', () => {
    expect(codes.sort()).toEqual(Object.keys(ERROR_STATUS).sort());
  });

  it('are there for every reason of a camera, in the words of the server', () => expect(texts.faults).toEqual(FAULTS));
});
