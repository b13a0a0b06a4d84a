import { Module } from '@nestjs/common';
import { AccessModule } from '@app/access';
import { AccreditationModule } from '@app/accreditation';
import { AccreditationsController } from './accreditations.controller';
import { ApplicantsController } from './applicants.controller';
import { ApplicantsEdge } from './applicants-edge';
import { DecidersController } from './deciders.controller';

/** The order counts: `/accreditations/own` and `/settings` are asked before `/accreditations/:id`. */
@Module({
  imports: [AccessModule, AccreditationModule],
  controllers: [ApplicantsController, AccreditationsController, DecidersController],
  providers: [ApplicantsEdge],
})
export class AccreditationRoutesModule {}
