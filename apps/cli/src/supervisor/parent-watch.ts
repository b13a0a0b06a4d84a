const LOOK_EVERY_MS = 500;

/**
 * Calls `onGone` when the process that started this one is gone. `npm start` runs us below npm: when npm is killed,
 * nobody tells us, and everything would go on unseen.
 */
export function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, LOOK_EVERY_MS);
  timer.unref();
}
