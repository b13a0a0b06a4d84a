/** The light build has the types of the full one; what it leaves out (subtitles, alternate audio, DRM) is not used here. */
declare module 'hls.js/light' {
  export * from 'hls.js';
  export { default } from 'hls.js';
}
