/** What a call of the file system gives, or undefined where there is nothing: a file where a folder should be has nothing in it. */
export async function orIfGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
