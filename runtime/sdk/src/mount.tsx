// Puts an app on the page. A crash of the app is caught here and shown in words, with a way to go on; nobody sees an
// empty page. `faibric:crash` tells the platform (the render check listens to it).
import { Component, type ComponentType, type ErrorInfo, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { Crash } from './crash.tsx';
import { endPage } from './page-end.ts';
import { Toaster } from './toaster.tsx';

class Boundary extends Component<{ children?: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error: error ?? new Error('The app failed without saying why.') };
  }

  override componentDidCatch(error: unknown, _info: ErrorInfo): void {
    document.dispatchEvent(new CustomEvent('faibric:crash', { detail: error }));
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <Crash error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}

/** Renders the app into #root. */
export function mount(App: ComponentType): { unmount(): void } {
  const caught = Reflect.get(globalThis, '__faibricMount') as ((app: ComponentType) => void) | undefined;
  if (caught) {
    caught(App);
    return { unmount() {} };
  }
  const element = document.getElementById('root');
  if (!element) throw new Error('The page has no #root.');
  const root = createRoot(element);
  root.render(
    <>
      <Boundary>
        <App />
      </Boundary>
      <Toaster />
    </>,
  );
  return {
    unmount: () => {
      root.unmount();
      endPage();
    },
  };
}
