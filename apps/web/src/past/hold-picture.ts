/** Keeps the picture of a video on a canvas over it while the video is given another source, until that one has a picture. */
export const holdPicture = (video: HTMLVideoElement, still: HTMLCanvasElement | null): void => {
  if (!still || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
  [still.width, still.height] = [video.videoWidth, video.videoHeight];
  still.getContext('2d')?.drawImage(video, 0, 0);
  still.hidden = false;
  video.addEventListener('loadeddata', () => (still.hidden = true), { once: true });
};
