/** Sizes of files and functions. The compiler's parser reads AssemblyScript too, as far as function bounds go. */
import ts from 'typescript';
import type { SourceFile } from '../support/source-files.ts';

export const MAX_FILE_LINES = 300;
export const MAX_FUNCTION_LINES = 70;

export function lineCount(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

export function longFiles(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ text }) => lineCount(text) > MAX_FILE_LINES)
    .map(({ path, text }) => `${path}: ${lineCount(text)} lines`);
}

/** Functions, methods and arrow functions longer than the limit. `describe` blocks are lists of tests, not functions. */
export function longFunctions({ path, text }: SourceFile): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const line = (position: number): number => file.getLineAndCharacterOfPosition(position).line + 1;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && !isDescribeBlock(node)) {
      const first = line(node.getStart(file));
      const lines = line(node.end) - first + 1;
      if (lines > MAX_FUNCTION_LINES) found.push(`${path}:${first}: ${lines} lines`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isDescribeBlock(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && /^describe(\.\w+)?\b/.test(node.parent.expression.getText());
}
