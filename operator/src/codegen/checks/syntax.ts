// Parsed source and the two things every check needs of it: a walk over the tree and offset -> line and column.
// The walk keeps its own stack (a deep tree must not overflow ours) and hands each node its parent.
import type { Diagnostic } from '@faibric/crds';
import { type ParseResult, parseSync, visitorKeys } from 'oxc-parser';

/** Any node of the tree; fields beyond these depend on `type`. */
export interface SyntaxNode {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

/** One file, parsed. */
export interface Parsed {
  path: string;
  text: string;
  program: SyntaxNode;
  module: ParseResult['module'];
  comments: ParseResult['comments'];
}

/** Place of an offset, both from 1; columns count UTF-16 units, as editors do. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}

/** A finding at an offset of a file. */
export function findingAt(
  file: { path: string; text: string },
  offset: number,
  finding: Pick<Diagnostic, 'check' | 'code' | 'message'>,
): Diagnostic {
  return { ...finding, file: file.path, ...placeOf(file.text, offset) };
}

/** Whether a value found in the tree is a node. */
export function isNode(value: unknown): value is SyntaxNode {
  return (
    typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
  );
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const keys = (visitorKeys as Record<string, readonly string[]>)[node.type] ?? [];
  return keys.flatMap((key) => node[key]).filter(isNode);
}

/** Every node in source order, each with its parent. */
export function walk(root: SyntaxNode, visit: (node: SyntaxNode, parent: SyntaxNode | null) => void): void {
  const stack: [SyntaxNode, SyntaxNode | null][] = [[root, null]];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const [node, parent] = top;
    visit(node, parent);
    for (const child of childrenOf(node).reverse()) stack.push([child, node]);
  }
}

/** Parses one .ts or .tsx file. Parse errors are findings; the tree is there only when there are none. */
export function parseFile(path: string, text: string): { parsed?: Parsed; findings: Diagnostic[] } {
  const result = parseSync(path, text, { sourceType: 'module', lang: path.endsWith('.tsx') ? 'tsx' : 'ts' });
  const errors = result.errors.filter((error) => error.severity === 'Error');
  if (errors.length > 0) {
    const findings = errors.slice(0, 10).map((error) =>
      findingAt({ path, text }, error.labels[0]?.start ?? 0, {
        check: 'parse',
        code: 'syntax_error',
        message: [error.message, error.helpMessage].filter(Boolean).join('. ').slice(0, 2000),
      }),
    );
    return { findings };
  }
  // The parser's typed tree has hundreds of node types; the checks look at a dozen by name.
  const program = result.program as unknown as SyntaxNode;
  return { parsed: { path, text, program, module: result.module, comments: result.comments }, findings: [] };
}

/** Text of a string literal, a template without holes, or such joined by "+"; undefined for all else. */
export function constantText(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'JSXExpressionContainer') return constantText(node.expression);
  if (node.type === 'TemplateLiteral') return templateText(node);
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return undefined;
  const parts: string[] = [];
  let at: unknown = node;
  while (isNode(at) && at.type === 'BinaryExpression' && at.operator === '+') {
    const right = constantText(at.right);
    if (right === undefined) return undefined;
    parts.unshift(right);
    at = at.left;
  }
  const left = constantText(at);
  return left === undefined ? undefined : left + parts.join('');
}

function templateText(node: SyntaxNode): string | undefined {
  const quasis = node.quasis as { value: { cooked: string | null } }[];
  return quasis.length === 1 ? (quasis[0]?.value.cooked ?? undefined) : undefined;
}

/** Name of a member access or object key, computed or not; undefined when only known at run time. */
export function keyName(node: SyntaxNode): string | undefined {
  const key = node.property ?? node.key ?? node.name;
  if (!isNode(key)) return undefined;
  if (node.computed === true) return constantText(key);
  if (typeof key.name === 'string') return key.name;
  return constantText(key);
}
