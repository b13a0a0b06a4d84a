import { type Kysely, sql } from 'kysely';

/** Rows of the recording are evidence: none is deleted, and none is changed but into the tombstone of its deleted bytes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create function segments_only_end() returns trigger language plpgsql as $$ declare ended segments; begin
    ended := old;
    ended.chunk := null;
    ended.deleted_at := new.deleted_at;
    if old.deleted_at is not null or new.deleted_at is null or new is distinct from ended then
      raise exception 'segments is append-only: a row only becomes the tombstone of its bytes';
    end if;
    return new;
  end $$`,
  `create trigger segments_only_end before update on segments for each row execute function segments_only_end()`,
  `create trigger segments_stay before delete or truncate on segments for each statement execute function refuse_change()`,
];
