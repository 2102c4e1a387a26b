// Texts that people write: notes for themselves, posts for readers. Both are a title and a text; a note opens in place, a
// post is listed by date and read on its own.
import type { SectionOf } from '@faibric/crds';
import { icon, localType, tsx } from '../code.ts';
import { prop, tag } from '../jsx.ts';
import { attribute, child, optionalAttribute } from '../literal.ts';
import type { CollectionNames } from '../names.ts';
import { offersOf, userLine } from '../offers.ts';
import type { ComposedSection, SectionContext } from '../section-context.ts';
import { cardGrid, listStates, removing, rowButtons, searchBox, searching } from './cards.ts';
import { addButton, canAdd, editingDialog, editingState } from './table.ts';

const bodyOf = (names: CollectionNames): string =>
  names.collection.fields.find((field) => field.type === 'longtext')?.name ?? names.collection.title;

const tagsOf = (names: CollectionNames): string | undefined =>
  names.collection.fields.find((field) => field.type === 'tags')?.name;

/** Notes as cards, the newest first, with search. */
export function composeNotes(section: SectionOf<'notes'>, context: SectionContext): ComposedSection {
  const names = context.names(section.collection);
  const { collection, one } = names;
  const tags = tagsOf(names);
  const buttons = rowButtons(names, context);
  const card = tag(
    'Card',
    [
      prop('key', `${one}.id`),
      prop('title', `${one}.${collection.title}`),
      prop('description', {
        text: `formatDateTime(${one}.updatedAt)`,
        imports: [{ name: 'formatDateTime', from: '@faibric/app' }],
      }),
      buttons && prop('actions', buttons),
    ],
    [
      tsx`<Prose text={${one}.${bodyOf(names)} ?? ''} />`,
      tags !== undefined &&
        tsx`
        <Row gap="small">
          {${one}.${tags}?.split(',').map((tag) => tag.trim()).filter(Boolean).map((tag) => <Badge key={tag}>{tag}</Badge>)}
        </Row>
      `,
    ],
  );
  const code = cardGrid(section, context, card);
  return { about: `${collection.label}: write, search, change.`, code, takes: section.collection };
}

/** Posts by date; one is read at a time, and the address names it. */
export function composePosts(section: SectionOf<'posts'>, context: SectionContext): ComposedSection {
  const names = context.names(section.collection);
  const { collection, one, many } = names;
  const { words } = context;
  const remove = removing(names, context);
  const body = bodyOf(names);
  const buttons = rowButtons(names, context);
  const back = tag(
    'Button',
    [prop('icon', icon('ArrowLeft')), prop('onClick', '() => setReading(null)')],
    [child(words.back)],
  );
  const date = {
    text: `formatDate(${one}.createdAt)`,
    imports: [{ name: 'formatDate', from: '@faibric/app' }],
  };
  const article = tag(
    'Card',
    [
      prop('title', `${one}.${collection.title}`),
      prop('description', date),
      buttons && prop('actions', buttons),
    ],
    [tsx`<Prose text={${one}.${body} ?? ''} />`],
  );
  const summary = tag(
    'Card',
    [
      prop('key', `${one}.id`),
      prop('title', `${one}.${collection.title}`),
      prop('description', date),
      prop('actions', tag('Button', [prop('onClick', `() => setReading(${one}.id)`)], [child(words.read)])),
    ],
    [tsx`<p>{summaryOf(${one}.${body} ?? '')}</p>`],
  );
  const frame = tag(
    'Section',
    [
      attribute('id', section.id),
      optionalAttribute('title', section.title),
      optionalAttribute('description', section.description),
      canAdd(names, context) && prop('actions', `${one} ? undefined : addButton`),
    ],
    [
      tsx`
        {${one} ? (
          <Stack>
            <div>
              ${back}
            </div>
            ${article}
          </Stack>
        ) : (
          <Stack>
            ${listStates(names, context)}
            ${searchBox(names, context)}
            {shown.map((${one}) => (
              ${summary}
            ))}
          </Stack>
        )}
      `,
      editingDialog(names, context),
      remove.dialog,
    ],
  );
  const type = localType(names.type, `../collections/${names.file}`);
  const code = tsx`
    const summaryOf = (text: string) => (text.length > 200 ? \`\${text.slice(0, 200)}…\` : text);

    export function ${context.component}({ ${many} }: { ${many}: Collection<${type}> }) {
      ${userLine(offersOf(context.plan, collection))}
      const [reading, setReading] = useState<string | null>(null);
      ${searching(names)}
      ${remove.state}
      ${editingState(names, context)}

      ${addButton(names, context)}
      const ${one} = ${many}.items.find((candidate) => candidate.id === reading);

      return (
        ${frame}
      );
    }
  `;
  return { about: `${collection.label}: write, list by date, read.`, code, takes: section.collection };
}
