import { Controller } from '@nestjs/common';
import { type Election, type Region, type RouteInput, routes } from '@app/contracts';
import { Elections } from '@app/elections';
import { Endpoint, Input } from '../endpoint';

@Controller()
export class ElectionsController {
  constructor(private readonly elections: Elections) {}

  @Endpoint(routes.currentElection)
  current(): Promise<Election> {
    return this.elections.current();
  }

  @Endpoint(routes.createElection)
  create(@Input() { body }: RouteInput<typeof routes.createElection>): Promise<Election> {
    const { name, opensAt, closesAt, countEndsAt } = body;
    return this.elections.create(name, {
      opensAt: new Date(opensAt),
      closesAt: new Date(closesAt),
      countEndsAt: new Date(countEndsAt),
    });
  }

  @Endpoint(routes.listRegions)
  async regions(): Promise<{ items: Region[] }> {
    return { items: await this.elections.regionTree() };
  }
}
