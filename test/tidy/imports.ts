/** What a file imports: the edges that the layer, cycle and package tests look at. */
import { posix } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from '../support/source-files.ts';

export interface Import {
  /** Path of the importing file. */
  readonly from: string;
  /** Path of the imported file from the root, or the bare name of a package. */
  readonly to: string;
  readonly isPackage: boolean;
  /** False for `import type`: gone at run time. */
  readonly isValue: boolean;
}

/** Every import, re-export and dynamic import with a literal specifier. */
export function importsOf({ path, text }: SourceFile): Import[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, isValue: boolean): void => {
    if (specifier && ts.isStringLiteral(specifier)) found.push(edge(path, specifier.text, isValue));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, !isTypeOnly(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, !node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], true);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** `import type ...`, or only `type` members in the braces. */
function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const names = clause.namedBindings;
  return (
    !clause.name &&
    names !== undefined &&
    ts.isNamedImports(names) &&
    names.elements.length > 0 &&
    names.elements.every((one) => one.isTypeOnly)
  );
}

function edge(from: string, specifier: string, isValue: boolean): Import {
  if (!specifier.startsWith('.')) return { from, to: specifier, isPackage: true, isValue };
  const joined = posix.join(posix.dirname(from), specifier);
  return { from, to: /\.(ts|json|js|mjs|wasm)$/.test(joined) ? joined : `${joined}.ts`, isPackage: false, isValue };
}
