import { checkDocument } from '../../../../libs/accreditation/src/document-type';
import { ApiError } from '../api/call';
import { dictionary } from '../words';
import { documentRefusal } from './document-words';

const refusal = (rule: string) =>
  new ApiError(422, 'accreditation.document-refused', `The file ${rule}.`, null, [{ field: 'name', rule }]);

describe(documentRefusal, () => {
  afterEach(() => dictionary.speak('en'));

  it('is what the server says in English', () => expect(documentRefusal(refusal('is empty'))).toBe('The file is empty.'));

  it.each([
    ['a.pdf', '', 'The file is empty.'],
    ['a.pdf', 'text', 'The file is neither a PDF nor a JPEG or PNG picture.'],
    ['a.txt', '%PDF-1.4 %%EOF', 'The name of the file has to end in .pdf, .jpg, .jpeg or .png.'],
    ['a.png', '%PDF-1.4 %%EOF', 'The file is named as one type and holds another.'],
    ['a.pdf', '%PDF-1.4', 'The file breaks off before its end.'],
  ])('knows what is wrong with %s of %j', async (name, bytes, text) => {
    // No texts in this language here: they are shown in English, but by their keys.
    dictionary.speak('ru');
    const check = checkDocument(name, Buffer.from(bytes));
    expect(documentRefusal(refusal(check.kind === 'refused' ? check.rule : ''))).toBe(text);
  });
});
