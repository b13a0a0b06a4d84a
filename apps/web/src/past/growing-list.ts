import Hls, {
  type HlsConfig,
  type Loader,
  type LoaderCallbacks,
  type LoaderConfiguration,
  type PlaylistLoaderContext,
} from 'hls.js/light';

type ListLoader = new (config: HlsConfig) => Loader<PlaylistLoaderContext>;

/** A list that may still get longer, as the player has to see it: without its end it is asked for again while it plays. */
export const withoutEnd = (list: string): string =>
  list.replace('#EXT-X-ENDLIST', '').replace('#EXT-X-PLAYLIST-TYPE:VOD', '#EXT-X-PLAYLIST-TYPE:EVENT');

/** Loads lists of recorded media for hls.js. @param isGrowing asked at each answer */
export const growingListLoader = (isGrowing: () => boolean): ListLoader =>
  class extends (Hls.DefaultConfig.loader as unknown as ListLoader) {
    override load(
      context: PlaylistLoaderContext,
      config: LoaderConfiguration,
      callbacks: LoaderCallbacks<PlaylistLoaderContext>,
    ): void {
      super.load(context, config, {
        ...callbacks,
        onSuccess: (response, stats, loaded, details) => {
          const { data } = response;
          const read = typeof data === 'string' && isGrowing() ? { ...response, data: withoutEnd(data) } : response;
          callbacks.onSuccess(read, stats, loaded, details);
        },
      });
    }
  };
