/** The repository's own files, as the tidy tests read them: no build output, no dependencies. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** All files below `folders` whose name ends with one of `endings`, in path order. */
export function sourceFiles(folders: readonly string[], endings: readonly string[] = ['.ts']): SourceFile[] {
  return folders
    .flatMap((folder) => walk(folder))
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .sort()
    .map((path) => ({ path, text: readFileSync(`${ROOT}/${path}`, 'utf8') }));
}

const PASSED_OVER = ['node_modules', 'generated', 'dist'];

function walk(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    if (PASSED_OVER.includes(entry.name)) return [];
    return entry.isDirectory() ? walk(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`];
  });
}

/** A folder appears with its first real file; until then it is as good as empty. */
function entriesOf(folder: string) {
  try {
    return readdirSync(`${ROOT}/${folder}`, { withFileTypes: true });
  } catch {
    return [];
  }
}
