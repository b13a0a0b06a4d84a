import { randomUUID } from 'node:crypto';
import { type Answers, NOT_OBSERVED, type ReportForm, type ScopeRef, shownQuestions } from '@app/contracts';
import { seedIncidentCodes } from '@app/incidents';
import { seedReportForms, STANDARD_FORMS } from '@app/reports';
import { csv, newElection, TestApi } from '../api';

export interface Observer {
  id: string;
  cookie: string;
}

/** An election with two regions, N with eight stations and S with seven, each with a camera, and the forms. */
export class ReportRig {
  private constructor(
    readonly api: TestApi,
    readonly electionId: string,
  ) {}

  static async start(): Promise<ReportRig> {
    const api = await TestApi.start();
    await seedIncidentCodes(api.db);
    await seedReportForms(api.db);
    const electionId = await newElection(api.db);
    const codes = [...Array.from({ length: 8 }, (_, n) => `N${n + 1}`), ...Array.from({ length: 7 }, (_, n) => `S${n + 1}`)];
    const rows = codes.map((code) => `${code},School ${code},${code.startsWith('N') ? 'North' : 'South'},UTC,Hall,push:rtmp`);
    const operator = await api.as('operator');
    await operator
      .post('/api/v1/stations/import')
      .type('text/csv')
      .send(csv('code,name,region,timezone,camera1_name,camera1_source', ...rows))
      .expect(200);
    return new ReportRig(api, electionId);
  }

  stop(): Promise<void> {
    return this.api.stop();
  }

  async observer(organisation: string | null = null, scope?: ScopeRef): Promise<Observer> {
    const person = await this.api.person('observer', scope);
    if (organisation !== null) await this.api.db.updateTable('users').set({ organisation }).where('id', '=', person.id).execute();
    return person;
  }

  get(cookie: string, path: string) {
    return this.api.guest.get(`/api/v1${path}`).set('Cookie', cookie);
  }

  post(cookie: string, path: string, body: object, key?: string) {
    const request = this.api.guest.post(`/api/v1${path}`).set('Cookie', cookie);
    return (key === undefined ? request : request.set('Idempotency-Key', key)).send(body);
  }

  send(observer: Observer, stationCode: string, changes: Answers = {}, form: ReportForm = 'opening', key?: string) {
    return this.post(observer.cookie, '/reports/observations', this.filled(stationCode, changes, form), key);
  }

  /** A form of which nothing was seen but what is given. */
  filled(stationCode: string, changes: Answers = {}, form: ReportForm = 'opening') {
    const observedAt = new Date(Date.now() - 60_000).toISOString();
    return { stationCode, form, formVersion: 1, observedAt, answers: answersTo(form, changes) };
  }

  /** What the audit log says of a subject. */
  async audit(kind: string, id: string): Promise<string[]> {
    const events = await this.api.db
      .selectFrom('audit_events')
      .select('action')
      .where('subject_kind', '=', kind)
      .where('subject_id', '=', id)
      .orderBy('seq')
      .execute();
    return events.map(({ action }) => action);
  }

  async count(table: 'report_observations' | 'report_observation_versions' | 'device_checks' | 'incidents'): Promise<number> {
    const { count } = await this.api.db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return count;
  }
}

export function answersTo(form: ReportForm, changes: Answers): Answers {
  const questions = STANDARD_FORMS.find((known) => known.form === form)?.sections.flatMap((section) => section.questions) ?? [];
  const asked = shownQuestions(questions, changes).filter(({ spec }) => spec.type !== 'text');
  return { ...Object.fromEntries(asked.map(({ code }) => [code, NOT_OBSERVED])), ...changes };
}

export const newKey = randomUUID;
