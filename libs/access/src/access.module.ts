import { Module } from '@nestjs/common';
import { Sessions } from './sessions.service';
import { SignInLimit } from './sign-in-limit';

@Module({ providers: [Sessions, SignInLimit], exports: [Sessions] })
export class AccessModule {}
