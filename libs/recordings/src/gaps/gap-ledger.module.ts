import { Module } from '@nestjs/common';
import { GapLedger } from './gap-ledger';
import { LedgerStore } from './ledger-store';

/** Keeping the record of gaps. Needs the global database and platform modules. */
@Module({ providers: [LedgerStore, GapLedger], exports: [GapLedger] })
export class GapLedgerModule {}
