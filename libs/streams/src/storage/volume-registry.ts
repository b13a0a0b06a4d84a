import { Inject, Injectable } from '@nestjs/common';
import { DB, type Db } from '@app/database';

/** A media folder of a machine. */
export interface MediaVolume {
  host: string;
  directory: string;
}

/** Which deployment the database is of, and which media folders it was recorded into. */
@Injectable()
export class VolumeRegistry {
  constructor(@Inject(DB) private readonly db: Db) {}

  async deploymentId(): Promise<string> {
    return (await this.db.selectFrom('deployment').select('id').executeTakeFirstOrThrow()).id;
  }

  async isKnown({ host, directory }: MediaVolume): Promise<boolean> {
    const found = await this.db
      .selectFrom('media_volumes')
      .select('host')
      .where('host', '=', host)
      .where('directory', '=', directory)
      .executeTakeFirst();
    return found !== undefined;
  }

  async remember({ host, directory }: MediaVolume): Promise<void> {
    await this.db
      .insertInto('media_volumes')
      .values({ host, directory })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
