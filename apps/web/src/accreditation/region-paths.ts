import type { Region } from '@app/contracts';

/** `Outer / Inner` for each region, by its id. */
export const pathsOf = (regions: readonly Pick<Region, 'id' | 'parentId' | 'name'>[]): ReadonlyMap<string, string> => {
  const byId = new Map(regions.map((region) => [region.id, region]));
  return new Map(
    regions.map(({ id }) => {
      const names: string[] = [];
      for (let region = byId.get(id); region && names.length < 10; region = byId.get(region.parentId ?? ''))
        names.unshift(region.name);
      return [id, names.join(' / ')];
    }),
  );
};
