// The frame of an app and its pages. One page: App holds the sections and, on a site, anchors to them. More pages: App
// shows the one that the address names after `#/`, so that reload, bookmark and the browser's back button work.
import type { Blueprint, BlueprintPage, BlueprintSection } from '@faibric/crds';
import { type Code, icon, join, local, localType, raw, tsx } from './code.ts';
import { prop, tag } from './jsx.ts';
import { attribute, quote } from './literal.ts';
import { type ModuleFile, moduleFile } from './module-file.ts';
import { type CollectionNames, kebabCase, pascalCase } from './names.ts';
import { hasAccounts, isGatedPage } from './offers.ts';

/** A section with the names its page calls it by. */
export interface PlacedSection {
  readonly section: BlueprintSection;
  readonly component: string;
  readonly file: string;
  readonly takes?: CollectionNames | undefined;
}

/** A page with its sections. */
export interface PlacedPage {
  readonly page: BlueprintPage;
  readonly sections: readonly PlacedSection[];
}

const LIST_LIMIT = 500;

/** One hook for each collection that a page shows; a page whose sections only add asks for no list. */
function hooks(sections: readonly PlacedSection[], from: string): Code[] {
  const shown = new Map<string, CollectionNames>();
  for (const { takes } of sections) if (takes) shown.set(takes.collection.name, takes);
  return [...shown.values()].map((names) => {
    const onlyAdds = sections.every(({ section, takes }) => takes !== names || section.kind === 'form');
    const options = onlyAdds ? '{ read: false }' : `{ orderBy: '-createdAt', limit: ${LIST_LIMIT} }`;
    const type = localType(names.type, `${from}/collections/${names.file}`);
    return tsx`const ${names.many} = useCollection<${type}>(${quote(names.collection.name)}, ${options});`;
  });
}

function calls(sections: readonly PlacedSection[], from: string): Code[] {
  return sections.map(({ component, file, takes }) => {
    const used = local(component, `${from}/sections/${file}`);
    const element = tag(component, [takes && prop(takes.many, takes.many)]);
    return { text: element.text, imports: [...used.imports, ...element.imports] };
  });
}

const gated = (plan: Blueprint, { sections }: PlacedPage): boolean =>
  isGatedPage(
    plan,
    sections.flatMap(({ takes }) => (takes ? [takes.collection] : [])),
  );

/** Whether the app has a file for each page: there are several, or the one asks to sign in before it lists anything. */
export const hasPageFiles = (plan: Blueprint, pages: readonly PlacedPage[]): boolean =>
  pages.length > 1 || pages.some((page) => gated(plan, page));

/** The component of a page in a file of its own. Lists are asked for only once somebody is signed in, where that counts. */
export function composePage(plan: Blueprint, placed: PlacedPage): ModuleFile {
  const { page, sections } = placed;
  const isGated = gated(plan, placed);
  const content = tsx`
    ${isGated ? 'function Content' : `export function ${pageName(page)}`}() {
      ${hooks(sections, '..')}
      return (
        <>
          ${calls(sections, '..')}
        </>
      );
    }
  `;
  const outer = tsx`
    export function ${pageName(page)}() {
      return (
        <SignedIn>
          <Content />
        </SignedIn>
      );
    }
  `;
  const code = isGated ? join([outer, content], '\n\n') : content;
  return moduleFile(`src/pages/${pageFile(page)}.tsx`, `The page “${page.title}”.`, code);
}

const pageName = (page: BlueprintPage): string => `${pascalCase(page.id)}Page`;
const pageFile = (page: BlueprintPage): string => `${kebabCase(page.id)}-page`;

const widthOf = ({ type }: Blueprint): string =>
  type === 'dashboard' ? 'wide' : type === 'form' ? 'narrow' : 'normal';

const shellAttributes = (plan: Blueprint): (Code | string | false)[] => {
  const info = local('info', './app-info');
  return [
    prop('title', { ...info, text: 'info.title' }),
    plan.tagline !== undefined && plan.type !== 'site' && prop('subtitle', 'info.tagline'),
    prop('icon', icon(plan.icon)),
    prop('theme', local('theme', './app-info')),
    attribute('width', widthOf(plan)),
    hasAccounts(plan) && prop('actions', tag('UserMenu', [])),
  ];
};

/** Anchors for a site of one page: every section that has a heading. */
function anchors(plan: Blueprint, sections: readonly PlacedSection[]): Code | undefined {
  if (plan.type !== 'site') return undefined;
  const linked = sections.filter(({ section }) => section.kind !== 'hero' && section.title);
  if (linked.length < 2) return undefined;
  const items = linked.map(({ section }) =>
    raw(`{ label: ${quote(section.title ?? '')}, href: ${quote(`#${section.id}`)} },`),
  );
  return tsx`
    const nav: NavItem[] = [
      ${items}
    ];
  `;
}

function singlePage(plan: Blueprint, placed: PlacedPage): ModuleFile[] {
  const { page, sections } = placed;
  const nav = anchors(plan, sections);
  const isApart = gated(plan, placed);
  const used = isApart ? [] : hooks(sections, '.');
  const apart = tag(pageName(page), []);
  const body = isApart
    ? [{ ...apart, imports: local(pageName(page), `./pages/${pageFile(page)}`).imports }]
    : calls(sections, '.');
  const shell = tag('AppShell', [...shellAttributes(plan), nav && prop('nav', 'nav')], body);
  const app = tsx`
    export default function App() {
      ${used}
      return (
        ${shell}
      );
    }
  `;
  return [
    moduleFile(
      'src/App.tsx',
      `${plainTitle(plan)}: the whole app, section by section.`,
      join([nav, app], '\n\n'),
    ),
  ];
}

const plainTitle = (plan: Blueprint): string =>
  plan.title.replace(/[^\p{L}\p{N} '’&.,-]/gu, '').trim() || 'The app';

const usePageFile = moduleFile(
  'src/use-page.ts',
  'The page that the address names after "#/"; the browser’s back button works.',
  tsx`
    /** The id of the page to show. An address that names no page shows the first one. */
    export function usePage(ids: readonly string[]): string {
      const [hash, setHash] = useState(window.location.hash);

      useEffect(() => {
        const follow = () => setHash(window.location.hash);
        window.addEventListener('hashchange', follow);
        return () => window.removeEventListener('hashchange', follow);
      }, []);

      const wanted = hash.replace('#/', '');
      return ids.find((id) => id === wanted) ?? ids[0] ?? '';
    }
  `,
);

function manyPages(plan: Blueprint, pages: readonly PlacedPage[]): ModuleFile[] {
  const entries = pages.map(({ page }) => {
    const component = local(pageName(page), `./pages/${pageFile(page)}`);
    return tsx`{ id: ${quote(page.id)}, label: ${quote(page.title)}, Page: ${component} },`;
  });
  const nav = 'pages.map(({ id, label }) => ({ label, href: `#/${id}`, active: id === current }))';
  const shell = tag(
    'AppShell',
    [...shellAttributes(plan), prop('nav', nav)],
    [raw('{pages.map(({ id, Page }) => id === current && <Page key={id} />)}')],
  );
  const app = tsx`
    const pages = [
      ${entries}
    ];

    export default function App() {
      const current = ${local('usePage', './use-page')}(pages.map((page) => page.id));

      return (
        ${shell}
      );
    }
  `;
  return [usePageFile, moduleFile('src/App.tsx', `${plainTitle(plan)}: the frame and its pages.`, app)];
}

/** src/App.tsx, and what it needs to have pages. */
export function composeApp(plan: Blueprint, pages: readonly PlacedPage[]): ModuleFile[] {
  const [first] = pages;
  return pages.length === 1 && first ? singlePage(plan, first) : manyPages(plan, pages);
}
