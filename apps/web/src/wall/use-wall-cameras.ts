import { routes, type Camera, type Station } from '@app/contracts';
import { keepPreviousData, queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { call } from '../api/call';
import { stationQuery } from '../api/queries';
import { type CameraRef, camerasIn, type WallSize, type WallView } from './wall-view';

/** One place of the wall: a camera, or why there is none. */
export type WallPlace =
  | { kind: 'camera'; ref: CameraRef; station: Station; camera: Camera }
  | { kind: 'loading'; ref: CameraRef }
  | { kind: 'missing'; ref: CameraRef };

export interface WallCameras {
  places: readonly WallPlace[];
  /** How many sets the region has; null where cameras were chosen one by one. */
  sets: number | null;
  isLoading: boolean;
  error: Error | null;
  retry: () => void;
}

const POLL_MS = 10_000;
/** More than this nobody turns over. */
const STATIONS = 200;

const regionQuery = (region: string | undefined) =>
  queryOptions({
    queryKey: ['wall', region],
    queryFn: ({ signal }) => call(routes.listStations, { query: { region, limit: STATIONS } }, { signal }),
    refetchInterval: POLL_MS,
    placeholderData: keepPreviousData,
  });

/** The cameras that a view names, with their state as new as ten seconds. */
export const useWallCameras = (view: WallView, size: WallSize): WallCameras => {
  const chosen = camerasIn(view.cams);
  const codes = [...new Set(chosen.map(({ code }) => code))];
  const stations = useQueries({ queries: codes.map((code) => ({ ...stationQuery(code), refetchInterval: POLL_MS })) });
  const region = useQuery({ ...regionQuery(view.region), enabled: chosen.length === 0 });
  if (chosen.length > 0)
    return {
      places: chosen.slice(0, size).map((ref): WallPlace => {
        const found = stations[codes.indexOf(ref.code)];
        const camera = found?.data?.cameras.find(({ position }) => position === ref.position);
        if (found?.data && camera) return { kind: 'camera', ref, station: found.data, camera };
        return { kind: found?.isPending ? 'loading' : 'missing', ref };
      }),
      sets: null,
      isLoading: false,
      error: null,
      retry: () => stations.forEach((each) => void each.refetch()),
    };
  const all = (region.data?.items ?? []).flatMap((station) =>
    station.cameras.map((camera): WallPlace => {
      const ref = { code: station.code, position: camera.position };
      return { kind: 'camera', ref, station, camera };
    }),
  );
  const sets = Math.max(1, Math.ceil(all.length / size));
  const set = Math.min(view.set ?? 0, sets - 1);
  return {
    places: all.slice(set * size, (set + 1) * size),
    sets,
    isLoading: region.isPending,
    error: region.data ? null : region.error,
    retry: () => void region.refetch(),
  };
};
