// The frame of an app: a header with name, navigation and actions, the content, a footer. On a phone the navigation
// becomes a row that scrolls by itself; the page never does so sideways.
import type { ReactElement, ReactNode } from 'react';
import { type Theme, ThemeProvider } from '../theme/theme-provider.tsx';
import { word } from '../words.ts';

/** One entry of the navigation: a link to a section (`#menu`) or a button that changes the page. */
export interface NavItem {
  label: string;
  href?: string;
  icon?: ReactNode;
  active?: boolean;
  onSelect?: () => void;
}

/** Properties of AppShell. */
export interface AppShellProps {
  title: string;
  subtitle?: string;
  icon?: ReactNode;
  nav?: readonly NavItem[];
  actions?: ReactNode;
  footer?: ReactNode;
  theme?: Theme;
  width?: 'narrow' | 'normal' | 'wide';
  children?: ReactNode;
}

function Entry({ item }: { item: NavItem }): ReactElement {
  const current = item.active ? ({ 'aria-current': 'page' } as const) : {};
  if (item.href) {
    return (
      <a className="fb-nav-item" href={item.href} onClick={item.onSelect} {...current}>
        {item.icon}
        {item.label}
      </a>
    );
  }
  return (
    <button type="button" className="fb-nav-item" onClick={item.onSelect} {...current}>
      {item.icon}
      {item.label}
    </button>
  );
}

/** The frame of an app; includes the theme. */
export function AppShell(props: AppShellProps): ReactElement {
  const { title, subtitle, icon, nav = [], actions, footer, width = 'normal', children } = props;
  return (
    <ThemeProvider {...(props.theme ? { theme: props.theme } : {})}>
      <div className={`fb-shell fb-width-${width}`}>
        <a className="fb-skip" href="#fb-main">
          {word('skip')}
        </a>
        <header className="fb-header">
          <div className="fb-header-inner">
            <div className="fb-brand">
              {icon && (
                <span className="fb-brand-icon" aria-hidden="true">
                  {icon}
                </span>
              )}
              <div className="fb-brand-text">
                <h1>{title}</h1>
                {subtitle && <p>{subtitle}</p>}
              </div>
            </div>
            {nav.length > 0 && (
              <nav className="fb-nav" aria-label={title}>
                {nav.map((item) => (
                  <Entry key={item.label} item={item} />
                ))}
              </nav>
            )}
            {actions && <div className="fb-header-actions">{actions}</div>}
          </div>
        </header>
        <main className="fb-main" id="fb-main">
          {children}
        </main>
        {footer && <footer className="fb-footer">{footer}</footer>}
      </div>
    </ThemeProvider>
  );
}
