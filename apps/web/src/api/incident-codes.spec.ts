import type { IncidentCode } from '@app/contracts';
import { labelIn } from './incident-codes';

const code = (name: string, label: string, lang: string) => ({ code: name, label, lang }) as IncidentCode;
const codes = [code('VOT-01', 'Вброс бюллетеней', 'ru'), code('X-OWN', 'Own rule broken', 'en')];

describe('the name of a code', () => {
  it('is the one in the language of the interface', () => {
    expect(labelIn(codes, { code: 'VOT-01', codeLabel: 'Ballot-box stuffing' })).toEqual({
      text: 'Вброс бюллетеней',
      lang: 'ru',
    });
  });

  it('says that it is English where there is no translation', () => {
    expect(labelIn(codes, { code: 'X-OWN', codeLabel: 'Own rule broken' }).lang).toBe('en');
  });

  it('is what the server says while the names are not there, and for a code that is hidden now', () => {
    const incident = { code: 'VOT-01', codeLabel: 'Ballot-box stuffing' };
    expect(labelIn([], incident)).toEqual({ text: 'Ballot-box stuffing', lang: 'en' });
    expect(labelIn(codes, { code: 'OLD-01', codeLabel: 'Old' })).toEqual({ text: 'Old', lang: 'en' });
  });
});
