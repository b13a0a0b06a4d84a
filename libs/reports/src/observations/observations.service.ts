import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuditLog, byUser } from '@app/audit';
import { requireAccess } from '@app/access';
import {
  type Answers,
  answerProblems,
  type CorrectObservation,
  type Observation,
  type ReportForm,
  type SendObservation,
} from '@app/contracts';
import { DB, type Db, type RepeatKey, runOnce, type Tx } from '@app/database';
import { Elections } from '@app/elections';
import { Clock, DomainError, InvalidFields } from '@app/platform';
import { type QuestionRow, questionsOf, rulesOf } from '../form-definitions';
import { questionRows } from '../report-forms.service';
import { accreditedAt, organisationOf, type Reporter, requireObservedTime } from '../reporters';
import { stationByCode } from '../stations';
import { concernsIn } from './concerns';
import { newestObservations, notFound, toObservation } from './observation-view';

/** Takes filled forms: all of one or nothing. A correction is a new version; nothing that was sent is changed. */
@Injectable()
export class Observations {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
    private readonly elections: Elections,
  ) {}

  /**
   * @throws DomainError `access.denied`, `report.not-accredited`, `station.not-found`, `report.form-unknown`,
   * `report.answers-invalid`, `report.time-invalid`, `idempotency-key.reused`, `idempotency-key.in-use`
   */
  async send(reporter: Reporter, sent: SendObservation, repeat?: RepeatKey): Promise<Observation> {
    requireAccess(reporter, 'report.fill');
    const election = await this.elections.requireCurrent();
    const { result } = await runOnce(this.db, repeat, (tx) => this.store(tx, reporter, election.id, sent));
    return result;
  }

  /** @throws DomainError as `send`, and `report.not-found`, `report.stale` */
  async correct(reporter: Reporter, id: string, correction: CorrectObservation, repeat?: RepeatKey): Promise<Observation> {
    requireAccess(reporter, 'report.fill');
    const { result } = await runOnce(this.db, repeat, (tx) => this.storeCorrection(tx, reporter, id, correction));
    return result;
  }

  private async store(tx: Tx, reporter: Reporter, electionId: string, sent: SendObservation): Promise<Observation> {
    const receivedAt = this.clock.now();
    const observedAt = new Date(sent.observedAt);
    const { place } = await stationByCode(tx, electionId, sent.stationCode);
    requireObservedTime('observedAt', observedAt, receivedAt);
    const grant = await accreditedAt(tx, reporter, place, observedAt);
    const questions = await requireAnswers(tx, sent.form, sent.formVersion, sent.answers);
    const id = randomUUID();
    await tx
      .insertInto('report_observations')
      .values({
        id,
        election_id: place.electionId,
        region_id: place.regionId,
        station_id: place.stationId,
        form: sent.form,
        reporter_id: reporter.user.id,
        organisation: await organisationOf(tx, reporter.user.id),
      })
      .execute();
    const concerns = concernsIn(questions, sent.answers);
    await tx
      .insertInto('report_observation_versions')
      .values({
        observation_id: id,
        version: 1,
        form_version: sent.formVersion,
        answers: JSON.stringify(sent.answers),
        concerns,
        observed_at: observedAt,
        received_at: receivedAt,
        reason: null,
      })
      .execute();
    const observation = await this.read(tx, id);
    await AuditLog.append(tx, {
      ...place,
      actor: byUser(reporter.user.id),
      grant,
      action: 'report.sent',
      subject: { kind: 'report', id },
      at: receivedAt,
      detail: { form: sent.form, formVersion: sent.formVersion, observedAt: sent.observedAt, answers: sent.answers },
    });
    return observation;
  }

  private async storeCorrection(tx: Tx, reporter: Reporter, id: string, correction: CorrectObservation): Promise<Observation> {
    const { version, answers, reason } = correction;
    // Two corrections at once: the second waits here, and is told that its version is not the newest any more.
    const row = await tx.selectFrom('report_observations').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!row || row.reporter_id !== reporter.user.id) throw notFound();
    const newest = await tx
      .selectFrom('report_observation_versions')
      .selectAll()
      .where('observation_id', '=', id)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    if (newest.version !== version)
      throw new DomainError('report.stale', 'This form was corrected since you opened it.', { version: newest.version });
    const place = { electionId: row.election_id, regionId: row.region_id, stationId: row.station_id };
    const grant = await accreditedAt(tx, reporter, place, newest.observed_at);
    const questions = await requireAnswers(tx, row.form, newest.form_version, answers);
    const receivedAt = this.clock.now();
    await tx
      .insertInto('report_observation_versions')
      .values({
        observation_id: id,
        version: version + 1,
        form_version: newest.form_version,
        answers: JSON.stringify(answers),
        concerns: concernsIn(questions, answers),
        observed_at: newest.observed_at,
        received_at: receivedAt,
        reason,
      })
      .execute();
    const observation = await this.read(tx, id);
    await AuditLog.append(tx, {
      ...place,
      actor: byUser(reporter.user.id),
      grant,
      action: 'report.corrected',
      subject: { kind: 'report', id },
      from: String(version),
      to: String(version + 1),
      reason,
      at: receivedAt,
      detail: { answers },
    });
    return observation;
  }

  private async read(tx: Tx, id: string): Promise<Observation> {
    return toObservation(await newestObservations(tx).where('observations.id', '=', id).executeTakeFirstOrThrow());
  }
}

/** @returns the questions of the form. @throws DomainError `report.form-unknown`, `report.answers-invalid` */
async function requireAnswers(tx: Tx, form: ReportForm, version: number, answers: Answers): Promise<QuestionRow[]> {
  const rows = await questionRows(tx, form);
  if (!rows.some((row) => row.version === version && !row.code.startsWith('X-')))
    throw new InvalidFields([{ field: 'formVersion', rule: `is a version of the form ${form}` }], 'report.form-unknown');
  const questions = questionsOf(rows, form, version);
  const problems = answerProblems(questions.map(rulesOf), answers);
  if (problems.length > 0) throw new InvalidFields(problems, 'report.answers-invalid');
  return questions;
}
