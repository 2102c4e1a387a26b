// Makes this process look like a browser page, by happy-dom, and unlike Node: an app that uses `process` must fail here
// as it would there. What the page needs and happy-dom lacks (sizes, observers) gets plain stand-ins.
import { Window } from 'happy-dom';

/** Node's globals that a page does not have. */
const NODE_ONLY = [
  'process',
  'Buffer',
  'global',
  'setImmediate',
  'clearImmediate',
  'require',
  'module',
  '__filename',
  '__dirname',
];
/** Node's own are kept: they are the real thing, or module loading depends on them. */
const KEEP = new Set([
  'globalThis',
  'undefined',
  'URL',
  'URLSearchParams',
  'console',
  'queueMicrotask',
  'performance',
  'TextEncoder',
  'TextDecoder',
  'crypto',
  'structuredClone',
  'WebAssembly',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'eval',
  'Function',
  'Promise',
  'Array',
  'Object',
  'Error',
  'Symbol',
  'Intl',
  'Date',
  'Math',
  'JSON',
]);

class Observer {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): [] {
    return [];
  }
}

const RECT = { x: 0, y: 0, top: 0, left: 0, right: 800, bottom: 400, width: 800, height: 400 };

function copyGlobals(window: object): void {
  const target = globalThis as Record<string, unknown>;
  const names = new Set<string>();
  for (let at: object | null = window; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) names.add(name);
  }
  for (const name of names) {
    if (KEEP.has(name) || name === 'constructor' || Object.getOwnPropertyDescriptor(Object.prototype, name))
      continue;
    const value = (window as Record<string, unknown>)[name];
    const isPlainFunction = typeof value === 'function' && !/^[A-Z]/.test(name);
    Object.defineProperty(target, name, {
      value: isPlainFunction ? value.bind(window) : value,
      configurable: true,
      writable: true,
    });
  }
  for (const name of ['window', 'self', 'top', 'parent', 'frames']) {
    Object.defineProperty(target, name, { value: globalThis, configurable: true, writable: true });
  }
}

/** Installs the page's globals and removes Node's. Returns happy-dom's window. */
export function installBrowserGlobals(): Window {
  const window = new Window({ url: 'http://app.localhost/', width: 1280, height: 800 });
  copyGlobals(window);
  const target = globalThis as Record<string, unknown>;
  for (const name of ['ResizeObserver', 'IntersectionObserver', 'PerformanceObserver'])
    target[name] = Observer;
  const element = window.HTMLElement.prototype;
  Object.defineProperty(element, 'getBoundingClientRect', { value: () => RECT });
  for (const [name, size] of [
    ['offsetWidth', 800],
    ['offsetHeight', 400],
    ['clientWidth', 800],
    ['clientHeight', 400],
  ] as const) {
    Object.defineProperty(element, name, { get: () => size, configurable: true });
  }
  for (const name of ['scrollTo', 'alert', 'print', 'scrollIntoView']) target[name] = () => {};
  // happy-dom computes styles by parsing every sheet for every call; charts measure each label with it.
  const style = { getPropertyValue: () => '', fontSize: '16px', lineHeight: '24px', display: 'block' };
  target.getComputedStyle = () => style;
  target.confirm = () => false;
  target.prompt = () => null;
  target.matchMedia = (media: string) => ({
    media,
    matches: false,
    onchange: null,
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {},
    dispatchEvent: () => false,
  });
  // Never opens: what an app shows must not wait for the stream.
  target.EventSource = class extends EventTarget {
    static readonly CONNECTING = 0;
    static readonly OPEN = 1;
    static readonly CLOSED = 2;
    readyState = 0;
    close(): void {
      this.readyState = 2;
    }
  };
  target.WebSocket = class extends EventTarget {
    close(): void {}
    send(): void {}
  };
  for (const name of NODE_ONLY) delete target[name];
  return window;
}
