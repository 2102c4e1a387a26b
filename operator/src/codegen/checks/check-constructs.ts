// Constructs that no app needs and that hide code, markup or other programs (claims V3, V5, V6, V17). Each is found by
// its place in the syntax tree: the same words in text, data or comments are fine. This is for clear errors; what
// holds at run time is the page's Content-Security-Policy.
import type { Diagnostic } from '@faibric/crds';
import { constantText, findingAt, isNode, keyName, type Parsed, type SyntaxNode, walk } from './syntax.ts';

type Found = { code: string; message: string } | undefined;

const forbidden = (what: string, instead: string): { code: string; message: string } => ({
  code: 'forbidden_construct',
  message: `${what} is not allowed; ${instead}.`,
});

const CALLS: Readonly<Record<string, string>> = {
  eval: 'write the code itself',
  Function: 'write the code itself',
  require: 'use import',
  importScripts: 'use import',
};
const CONSTRUCTED: Readonly<Record<string, string>> = {
  Function: 'write the code itself',
  Worker: 'do the work in the page',
  SharedWorker: 'do the work in the page',
};
const MARKUP = new Set(['innerHTML', 'outerHTML', 'srcdoc', 'srcDoc']);
const MARKUP_CALLS = new Set([
  'insertAdjacentHTML',
  'createContextualFragment',
  'parseHTMLUnsafe',
  'setHTMLUnsafe',
]);
const TIMERS = new Set(['setTimeout', 'setInterval']);
const LINKS = new Set(['href', 'src', 'action', 'formAction', 'xlinkHref', 'data', 'poster', 'to']);
const WINDOWS = new Set(['window', 'globalThis', 'self', 'top', 'parent']);

/** Name of a global that an expression means: `eval`, `window.eval`, `globalThis['eval']`. */
function globalName(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Identifier') return node.name as string;
  if (node.type !== 'MemberExpression' || !isNode(node.object)) return undefined;
  return WINDOWS.has(node.object.name as string) ? keyName(node) : undefined;
}

// Browsers drop control characters and white space inside a scheme; so does this.
const isScriptUrl = (value: unknown): boolean =>
  /^(?:javascript|vbscript):/i.test([...(constantText(value) ?? '')].filter((c) => c > ' ').join(''));

function ofGlobalCall(node: SyntaxNode, locals: ReadonlySet<string>): Found {
  const name = globalName(node.callee);
  if (!name || locals.has(name)) return undefined;
  if (Object.hasOwn(CALLS, name)) return forbidden(`${name}()`, CALLS[name] ?? '');
  const first = (node.arguments as unknown[])[0];
  const isText = isNode(first) && (first.type === 'TemplateLiteral' || constantText(first) !== undefined);
  return TIMERS.has(name) && isText ? forbidden(`${name} with text`, 'give it a function') : undefined;
}

function ofCall(node: SyntaxNode, locals: ReadonlySet<string>): Found {
  const found = ofGlobalCall(node, locals);
  if (found || !isNode(node.callee) || node.callee.type !== 'MemberExpression') return found;
  const method = keyName(node.callee);
  if (method && MARKUP_CALLS.has(method)) return forbidden(method, 'render with React');
  const object = isNode(node.callee.object) ? node.callee.object.name : undefined;
  const writes = object === 'document' && (method === 'write' || method === 'writeln');
  return writes ? forbidden(`document.${method}`, 'render with React') : undefined;
}

function ofNew(node: SyntaxNode, locals: ReadonlySet<string>): Found {
  const name = globalName(node.callee);
  if (!name || locals.has(name) || !Object.hasOwn(CONSTRUCTED, name)) return undefined;
  return forbidden(`new ${name}`, CONSTRUCTED[name] ?? '');
}

function ofMember(node: SyntaxNode, locals: ReadonlySet<string>): Found {
  const name = keyName(node);
  const object = isNode(node.object) ? node.object : undefined;
  if (node.computed === true && name === 'constructor')
    return forbidden("['constructor']", 'name what is meant');
  if (name === 'constructor' && object?.type === 'MemberExpression' && keyName(object) === 'constructor') {
    return forbidden('.constructor.constructor', 'write the code itself');
  }
  if (object?.type === 'MetaProperty' && (name === 'glob' || name === 'env' || name === 'globEager')) {
    return forbidden(`import.meta.${name}`, 'an app has its own files and no environment variables');
  }
  if (name === 'env' && globalName(object) === 'process' && !locals.has('process')) {
    return forbidden(
      'process.env',
      'an app has no environment variables; keys stay on the server (useGateway)',
    );
  }
  if (name === 'serviceWorker' && globalName(object) === 'navigator') {
    return forbidden('navigator.serviceWorker', 'the platform serves and caches the app');
  }
  return undefined;
}

function ofAssignment(node: SyntaxNode): Found {
  if (!isNode(node.left) || node.left.type !== 'MemberExpression') return undefined;
  const name = keyName(node.left);
  if (name && MARKUP.has(name)) return forbidden(`setting ${name}`, 'render with React');
  if (name && (LINKS.has(name) || name === 'location') && isScriptUrl(node.right)) {
    return forbidden('a javascript: address', 'use onClick');
  }
  return undefined;
}

function ofAttribute(node: SyntaxNode): Found {
  const name = isNode(node.name) && typeof node.name.name === 'string' ? node.name.name : '';
  if (name === 'dangerouslySetInnerHTML') return forbidden(name, 'render text or elements');
  if (MARKUP.has(name)) return forbidden(name, 'render with React');
  if (LINKS.has(name) && isScriptUrl(node.value)) return forbidden('a javascript: address', 'use onClick');
  return undefined;
}

function ofProperty(node: SyntaxNode): Found {
  if (keyName(node) !== 'dangerouslySetInnerHTML') return undefined;
  return forbidden('dangerouslySetInnerHTML', 'render text or elements');
}

function ofElement(node: SyntaxNode): Found {
  const name = isNode(node.name) ? node.name.name : undefined;
  if (name === 'script') return forbidden('<script>', 'put the code into a component');
  if (name === 'iframe' || name === 'object' || name === 'embed' || name === 'base') {
    return forbidden(`<${name}>`, 'an app shows its own content; link to other pages with <a>');
  }
  return undefined;
}

const BY_TYPE: Readonly<Record<string, (node: SyntaxNode, locals: ReadonlySet<string>) => Found>> = {
  CallExpression: ofCall,
  NewExpression: ofNew,
  MemberExpression: ofMember,
  AssignmentExpression: ofAssignment,
  JSXAttribute: ofAttribute,
  JSXOpeningElement: ofElement,
  Property: ofProperty,
};

/** Names that a file binds itself: its own `top` or `process` is not the global one. */
function localNames(root: SyntaxNode): Set<string> {
  const names = new Set<string>();
  const bind = (pattern: unknown): void => {
    if (!isNode(pattern)) return;
    if (pattern.type === 'Identifier') names.add(pattern.name as string);
    else walk(pattern, (node) => node.type === 'Identifier' && names.add(node.name as string));
  };
  walk(root, (node) => {
    if (node.type === 'VariableDeclarator' || node.type.endsWith('Declaration')) bind(node.id);
    if (node.type.startsWith('Import') && node.type.endsWith('Specifier')) bind(node.local);
    if (Array.isArray(node.params)) node.params.forEach(bind);
  });
  return names;
}

/** Findings on constructs that are not allowed in an app. */
export function checkConstructs(file: Parsed): Diagnostic[] {
  const locals = localNames(file.program);
  const findings: Diagnostic[] = [];
  walk(file.program, (node) => {
    const found = Object.hasOwn(BY_TYPE, node.type) ? BY_TYPE[node.type]?.(node, locals) : undefined;
    if (found) findings.push(findingAt(file, node.start, { check: 'imports', ...found }));
  });
  return findings;
}
