import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { type Accreditation, type AccreditationCheck, type Page, REFERENCE_HEADER, type ScopeRef } from '@app/contracts';
import { csv, newElection, TestApi, withCode } from '../api';

export type Agent = ReturnType<typeof request.agent>;
export const APPLICATION = {
  name: 'Ana Petrova',
  email: 'ana@observers.example',
  kind: 'citizen',
  organisation: 'Voters’ Watch',
} as const;
export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
export const PASSWORD = 'a password of their own';
const DAY_MS = 86_400_000;

/** An election with two regions and two stations, people to decide, and people to apply. */
export class Rig {
  private constructor(
    readonly api: TestApi,
    readonly electionId: string,
    readonly regions: ReadonlyMap<string, string>,
    readonly chair: Agent,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<Rig> {
    const api = await TestApi.start(env);
    const electionId = await newElection(api.db);
    const rows = ['N1,School N1,North,UTC,,', 'S1,School S1,South,UTC,,'];
    await (
      await api.as('operator')
    )
      .post('/api/v1/stations/import')
      .type('text/csv')
      .send(csv('code,name,region,timezone,camera1_name,camera1_source', ...rows))
      .expect(200);
    const regions = await api.db.selectFrom('regions').select(['id', 'name']).execute();
    return new Rig(api, electionId, new Map(regions.map((row) => [row.name, row.id])), await api.as('chair'));
  }

  stop(): Promise<void> {
    return this.api.stop();
  }

  region(name: string): string {
    const id = this.regions.get(name);
    if (!id) throw new Error(`There is no region ${name}`);
    return id;
  }

  /** From an address of its own, so that tests do not use up each other's share. */
  send(application: object = {}, headers: Record<string, string> = {}) {
    const address = `10.${[1, 2, 3].map(() => Math.floor(Math.random() * 250)).join('.')}`;
    return this.api.guest
      .post('/api/v1/accreditations')
      .set({ 'X-Forwarded-For': address, ...headers })
      .send({ ...APPLICATION, ...application });
  }

  async apply(application: object = {}): Promise<{ id: string; reference: string; dueAt: string; email: string }> {
    const email = `${randomUUID()}@observers.example`;
    const { body } = await this.send({ email, ...application }).expect(201);
    return { ...(body as { id: string; reference: string; dueAt: string }), email };
  }

  own(reference: string) {
    return this.api.guest.get('/api/v1/accreditations/own').set(REFERENCE_HEADER, reference);
  }

  ownPost(reference: string, what: string, body?: object, agent: Agent = this.api.guest) {
    return agent.post(`/api/v1/accreditations/own/${what}`).set(REFERENCE_HEADER, reference).send(body);
  }

  addDocument(reference: string, name: string, bytes: Buffer) {
    return this.api.guest
      .post('/api/v1/accreditations/own/documents')
      .query({ name })
      .set(REFERENCE_HEADER, reference)
      .type('application/octet-stream')
      .send(bytes);
  }

  decide(id: string, change: string, body: object = { reason: 'for a good reason' }, agent: Agent = this.chair) {
    return agent.post(`/api/v1/accreditations/${id}/${change}`).send(body);
  }

  async check(number: string): Promise<AccreditationCheck> {
    return (await this.api.guest.get(`/api/v1/accreditations/verify/${number}`).expect(200)).body as AccreditationCheck;
  }

  /** A page of the deciders' list. */
  async list(query: object, agent: Agent = this.chair): Promise<Page<Accreditation>> {
    return (await agent.get('/api/v1/accreditations').query(query).expect(200)).body as Page<Accreditation>;
  }

  approval(changes: object = {}) {
    const at = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
    return { reason: 'mandate checked', scope: { kind: 'election' }, validFrom: at(-1), validTo: at(30), ...changes };
  }

  /** Approved, with an account, and signed in. */
  async observer(scope: object = { kind: 'election' }) {
    const { id, reference, email } = await this.apply();
    const { body } = await this.decide(id, 'approve', this.approval({ scope })).expect(200);
    await this.ownPost(reference, 'account', { password: PASSWORD }).expect(201);
    const signedIn = await this.api.guest.post('/api/v1/sessions').send({ email, password: PASSWORD }).expect(201);
    const cookie = (signedIn.headers['set-cookie']?.[0] as string).split(';')[0] as string;
    return { id, reference, email, number: body.number as string, cookie };
  }

  /** Somebody else who decides. */
  async decider(scope?: ScopeRef): Promise<{ email: string; agent: Agent }> {
    const account = await this.api.account('chair', scope);
    const agent = request.agent(this.api.server);
    await agent
      .post('/api/v1/sessions')
      .send(await withCode(account))
      .expect(201);
    return { email: account.email, agent };
  }

  async auditOf(id: string) {
    const rows = await this.api.db
      .selectFrom('audit_events')
      .select(['action', 'actor_kind', 'grant_role', 'from_value', 'to_value', 'reason'])
      .where('subject_id', '=', id)
      .orderBy('seq')
      .execute();
    return rows.map((row) => row.action.replace('accreditation.', ''));
  }
}
