// Documents as cards: recipes, quotes, ideas. Long texts have room, a picture is a link, and search goes over everything.
import type { BlueprintField, SectionOf } from '@faibric/crds';
import { type Code, localType, smallIcon, tsx } from '../code.ts';
import { prop, tag } from '../jsx.ts';
import { attribute, optionalAttribute, quote } from '../literal.ts';
import type { CollectionNames } from '../names.ts';
import { conditionOf, offersOf, userLine } from '../offers.ts';
import type { ComposedSection, SectionContext } from '../section-context.ts';
import { inSentence, say } from '../words.ts';
import { addButton, canAdd, editingDialog, editingState, emptyState } from './table.ts';

/** The buttons that change one document, as an expression; undefined where nobody is offered any. */
export function rowButtons(names: CollectionNames, context: SectionContext): Code | undefined {
  const offers = offersOf(context.plan, names.collection);
  const { one } = names;
  const singular = inSentence(names.collection.singular);
  const edit = tag('IconButton', [
    attribute('label', say(context.words.edit, singular)),
    prop('icon', smallIcon('Pencil')),
    prop('onClick', `() => setEditing(${one})`),
  ]);
  const remove = tag('IconButton', [
    attribute('label', say(context.words.remove, singular)),
    prop('icon', smallIcon('Trash2')),
    prop('onClick', `() => setRemoving(${one})`),
  ]);
  if (offers.edit === 'nobody' && offers.remove === 'nobody') return undefined;
  const condition = offers.edit === offers.remove ? conditionOf(offers.edit, one) : undefined;
  const part = (button: Code, offer: typeof offers.edit): Code | undefined => {
    const asked = condition === undefined ? conditionOf(offer, one) : undefined;
    if (offer === 'nobody') return undefined;
    if (asked === undefined) return button;
    return tsx`
      {${asked} && (
        ${button}
      )}
    `;
  };
  const row = tsx`
    <Row gap="small">
      ${part(edit, offers.edit)}
      ${part(remove, offers.remove)}
    </Row>
  `;
  if (condition === undefined) return row;
  return tsx`
    ${condition} && (
      ${row}
    )
  `;
}

/** The same buttons among other elements. */
export function rowButtonsChild(names: CollectionNames, context: SectionContext): Code | undefined {
  const buttons = rowButtons(names, context);
  return buttons?.text.startsWith('<') ? buttons : buttons && tsx`{${buttons}}`;
}

/** State and dialog of the question before a document is deleted; nothing where nobody is offered that. */
export function removing(names: CollectionNames, context: SectionContext): { state?: Code; dialog?: Code } {
  const { many, collection } = names;
  if (offersOf(context.plan, collection).remove === 'nobody') return {};
  const type = localType(names.type, `../collections/${names.file}`);
  const dialog = tag('ConfirmDialog', [
    prop('open', 'removing !== null'),
    attribute('title', `${say(context.words.remove, inSentence(collection.singular))}?`),
    prop('message', `String(removing?.${collection.title} ?? '')`),
    'danger',
    prop('onConfirm', `() => removing && void ${many}.remove(removing.id)`),
    prop('onClose', '() => setRemoving(null)'),
  ]);
  return { state: tsx`const [removing, setRemoving] = useState<Item<${type}> | null>(null);`, dialog };
}

const FORMATS: Readonly<Record<string, string>> = {
  date: 'formatDate',
  datetime: 'formatDateTime',
};

/** One field of a card; nothing when it is empty. */
function line(field: BlueprintField, names: CollectionNames): Code {
  const value = `${names.one}.${field.name}`;
  const label = `${field.label}: `;
  if (field.type === 'longtext') return tsx`{${value} && <Prose text={${value}} />}`;
  if (field.type === 'select') return tsx`{${value} && <Badge>{${value}}</Badge>}`;
  if (field.type === 'boolean')
    return tsx`{${value} && <Badge tone="success">{${quote(field.label)}}</Badge>}`;
  if (field.type === 'rating') return tsx`{${value} !== null && <p>{'★'.repeat(${value})}</p>}`;
  if (field.type === 'url' || field.type === 'image')
    return tsx`
      {${value} && (
        <a href={${value}} target="_blank" rel="noreferrer">
          {${quote(field.label)}}
        </a>
      )}
    `;
  const shown = shownValue(field, value, names);
  return tsx`{${value} && <p>{${quote(label)}}{${shown}}</p>}`;
}

function shownValue(field: BlueprintField, value: string, names: CollectionNames): Code {
  const format = FORMATS[field.type];
  const sdk = (name: string) => [{ name, from: '@faibric/app' }];
  if (format) return { text: `${format}(${value})`, imports: sdk(format) };
  if (field.type === 'money')
    return {
      text: `formatMoney(${value}, ${quote(names.collection.currency ?? 'USD')})`,
      imports: sdk('formatMoney'),
    };
  if (field.type === 'number') {
    const unit = field.unit ? `, { unit: ${quote(field.unit)} }` : '';
    return { text: `formatNumber(${value}${unit})`, imports: sdk('formatNumber') };
  }
  return { text: value, imports: [] };
}

/** The state of a search over all texts of the documents. */
export function searching(names: CollectionNames): Code {
  const { one, many } = names;
  return tsx`
    const [search, setSearch] = useState('');
    const shown = ${many}.items.filter((${one}) =>
      Object.values(${one}).join(' ').toLowerCase().includes(search.trim().toLowerCase()),
    );
  `;
}

/** What stands for a list while it loads, fails or is empty. */
export function listStates(
  names: CollectionNames,
  context: SectionContext,
  empty = emptyState(names, context),
): Code {
  const { many } = names;
  return tsx`
    {${many}.error && <ErrorState error={${many}.error} onRetry={() => void ${many}.refresh()} />}
    {${many}.loading && ${many}.items.length === 0 && <Loading kind="cards" count={3} />}
    {!${many}.loading && !${many}.error && ${many}.items.length === 0 && (
      ${empty}
    )}
  `;
}

/** The field where search begins, shown once there is something to search. */
export function searchBox(names: CollectionNames, context: SectionContext): Code {
  const label = say(context.words.search, inSentence(names.collection.label));
  const field = tag('SearchField', [
    prop('value', 'search'),
    prop('onChange', 'setSearch'),
    attribute('label', label),
    attribute('placeholder', label),
  ]);
  return tsx`
    {${names.many}.items.length > 3 && (
      ${field}
    )}
  `;
}

/** What a grid of cards needs of its section. */
type GridSection = {
  readonly id: string;
  readonly collection: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
};

/** The component around one kind of card: a searched grid with dialogs to add, edit and delete. */
export function cardGrid(section: GridSection, context: SectionContext, card: Code): Code {
  const names = context.names(section.collection);
  const { one, many } = names;
  const remove = removing(names, context);
  const frame = tag(
    'Section',
    [
      attribute('id', section.id),
      optionalAttribute('title', section.title),
      optionalAttribute('description', section.description),
      canAdd(names, context) && prop('actions', 'addButton'),
    ],
    [
      listStates(names, context),
      searchBox(names, context),
      tsx`
        <Grid columns={3}>
          {shown.map((${one}) => (
            ${card}
          ))}
        </Grid>
      `,
      editingDialog(names, context),
      remove.dialog,
    ],
  );
  const type = localType(names.type, `../collections/${names.file}`);
  return tsx`
    export function ${context.component}({ ${many} }: { ${many}: Collection<${type}> }) {
      ${userLine(offersOf(context.plan, names.collection))}
      ${searching(names)}
      ${remove.state}
      ${editingState(names, context)}

      ${addButton(names, context)}

      return (
        ${frame}
      );
    }
  `;
}

/** A grid of cards with dialogs to add, edit and delete. */
export function composeCards(section: SectionOf<'records'>, context: SectionContext): ComposedSection {
  const names = context.names(section.collection);
  const { collection, one } = names;
  const buttons = rowButtons(names, context);
  const others = collection.fields.filter((field) => field.name !== collection.title);
  const card = tag(
    'Card',
    [
      prop('key', `${one}.id`),
      prop('title', `${one}.${collection.title}`),
      buttons && prop('actions', buttons),
    ],
    [
      tag(
        'Stack',
        [attribute('gap', 'small')],
        others.map((field) => line(field, names)),
      ),
    ],
  );
  return {
    about: `${collection.label} as cards: add, edit, search and delete.`,
    code: cardGrid({ ...section, title: section.title ?? collection.label }, context, card),
    takes: section.collection,
  };
}
