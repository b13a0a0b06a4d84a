import { PDF, Rig } from './applicants';

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.start();
});
afterAll(() => rig.stop());
const guest = () => rig.api.guest;

describe('documents', () => {
  it('are read by deciders only, as downloads, and each look is on record', async () => {
    const { id, reference } = await rig.apply();
    const name = 'мандат "1".pdf';
    const { body } = await rig.addDocument(reference, name, PDF).expect(201);
    expect(body).toMatchObject({
      name,
      type: 'application/pdf',
      bytes: PDF.length,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await rig.own(reference)).body.documents).toEqual([body]);
    const path = `/api/v1/accreditations/${id}/documents/${body.id}`;
    await guest().get(path).expect(401);
    await (await rig.api.as('auditor')).get(path).expect(403);
    expect((await rig.auditOf(id)).filter((action) => action === 'document-read')).toEqual([]);
    const answer = await rig.chair.get(path).responseType('blob').expect(200);
    expect(Buffer.compare(answer.body as Buffer, PDF)).toBe(0);
    expect(answer.headers['content-disposition']).toBe(
      `attachment; filename="______ _1_.pdf"; filename*=UTF-8''${encodeURIComponent(name)}`,
    );
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect((await rig.auditOf(id)).at(-1)).toBe('document-read');
    await rig.chair.get(`/api/v1/accreditations/${(await rig.apply()).id}/documents/${body.id}`).expect(404);
  });

  it.each([
    ['a page named as a PDF', 'a.pdf', Buffer.from('<html><script>alert(1)</script>')],
    ['a PDF named as a picture', 'a.png', PDF],
    ['a PDF named as a program', 'a.exe', PDF],
    ['nothing', 'a.pdf', Buffer.alloc(0)],
  ])('that are %s are refused', async (_what, name, bytes) => {
    const { reference } = await rig.apply();
    const { body } = await rig.addDocument(reference, name, bytes).expect(422);
    expect([body.code, body.details[0].field]).toEqual(['accreditation.document-refused', 'document']);
    expect((await rig.own(reference)).body.documents).toEqual([]);
  });

  it('are at most five of five megabytes each, also when they come at once, and only before the decision', async () => {
    const { id, reference } = await rig.apply();
    const big = Buffer.concat([PDF, Buffer.alloc(5 * 1024 * 1024)]);
    const refused = await rig.addDocument(reference, 'big.pdf', big);
    expect([refused.status, refused.body.code]).toEqual([413, 'request.too-large']);
    const answers = await Promise.all(Array.from({ length: 7 }, (_, index) => rig.addDocument(reference, `${index}.pdf`, PDF)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('accreditation.too-many-documents');
    await rig.decide(id, 'reject').expect(200);
    expect((await rig.addDocument(reference, 'late.pdf', PDF).expect(409)).body.code).toBe('accreditation.not-allowed-now');
  });

  it.each(['', '../../etc/passwd', 'a\nb.pdf', 'x'.repeat(121)])('named %j are refused', async (name) => {
    const { reference } = await rig.apply();
    expect((await rig.addDocument(reference, name, PDF)).body.details[0].field).toBe('name');
  });
});
