// Documents as a table that people search, sort and filter, with a dialog to add and edit.
import type { BlueprintField, SectionOf } from '@faibric/crds';
import { type Code, icon, local, localType, tsx } from '../code.ts';
import { cycleButton } from '../cycle.ts';
import { prop, tag } from '../jsx.ts';
import { attribute, child, optionalAttribute, quote } from '../literal.ts';
import type { CollectionNames } from '../names.ts';
import { conditionOf, type Offer, type Offers, offersOf, userLine } from '../offers.ts';
import type { ComposedSection, SectionContext } from '../section-context.ts';
import { inSentence, say } from '../words.ts';

/** Whether a section has a dialog to add or to edit. */
const hasDialog = ({ add, edit }: Offers): boolean => add !== 'nobody' || edit !== 'nobody';

/** The state of a dialog that adds or edits, and the function that saves. */
export function editingState(names: CollectionNames, { plan }: SectionContext): Code | undefined {
  const { one, many } = names;
  if (!hasDialog(offersOf(plan, names.collection))) return undefined;
  const type = localType(names.type, `../collections/${names.file}`);
  return tsx`
    const [editing, setEditing] = useState<Item<${type}> | 'new' | null>(null);
    const current = editing === 'new' ? null : editing;
    const close = () => setEditing(null);

    async function save(values: RecordValues) {
      const ${one} = values as ${type};
      const saved = current ? await ${many}.update(current.id, ${one}) : await ${many}.add(${one});
      if (saved) close();
    }
  `;
}

/** The dialog itself. */
export function editingDialog(names: CollectionNames, context: SectionContext): Code | undefined {
  const { words } = context;
  if (!hasDialog(offersOf(context.plan, names.collection))) return undefined;
  const singular = inSentence(names.collection.singular);
  const fields = local(`${names.one}Fields`, `../collections/${names.file}`);
  const title = tsx`current ? ${quote(say(words.edit, singular))} : ${quote(say(words.add, singular))}`;
  const form = tag('RecordForm', [
    prop('fields', fields),
    prop('initial', 'current ?? {}'),
    prop('onSubmit', 'save'),
    prop('onCancel', 'close'),
    attribute('submitLabel', words.save),
  ]);
  return tag(
    'Dialog',
    [prop('open', 'editing !== null'), prop('title', title), prop('onClose', 'close')],
    [form],
  );
}

/** Whether a section has a button to add. */
export const canAdd = (names: CollectionNames, { plan }: SectionContext): boolean =>
  offersOf(plan, names.collection).add !== 'nobody';

/** The button that opens the dialog for a new document; a visitor who needs an account for it is asked to sign in. */
export function addButton(names: CollectionNames, context: SectionContext): Code | undefined {
  const offers = offersOf(context.plan, names.collection);
  if (offers.add === 'nobody') return undefined;
  const label = say(context.words.add, inSentence(names.collection.singular));
  const attributes = [
    attribute('variant', 'primary'),
    prop('icon', icon('Plus')),
    prop('onClick', "() => setEditing('new')"),
  ];
  const button = tag('Button', attributes, [child(label)]);
  if (offers.add === 'signed-in')
    return tsx`
      const addButton = user ? (
        ${button}
      ) : (
        ${tag('SignInButton', [])}
      );
    `;
  return tsx`
    const addButton = (
      ${button}
    );
  `;
}

/** What is shown when there are no documents, where the section itself has the field to add one. */
export const plainEmptyState = (names: CollectionNames, context: SectionContext): Code =>
  tag('EmptyState', emptyParts(names, context));

const emptyParts = (names: CollectionNames, context: SectionContext): (Code | string)[] => {
  const { words, plan } = context;
  return [
    prop('icon', icon(plan.icon)),
    attribute('title', say(words.none, inSentence(names.collection.label))),
    attribute('description', canAdd(names, context) ? words.addFirst : words.ownerWrites),
  ];
};

/** What is shown when there are no documents. */
export function emptyState(names: CollectionNames, context: SectionContext): Code {
  return tag('EmptyState', [
    ...emptyParts(names, context),
    canAdd(names, context) && prop('action', 'addButton'),
  ]);
}

function filterState(filter: BlueprintField, names: CollectionNames): Code {
  const { one, many } = names;
  return tsx`
    const [wanted, setWanted] = useState(ALL);
    const shown = ${many}.items.filter((${one}) => wanted === ALL || ${one}.${filter.name} === wanted);
  `;
}

function filterSelect(filter: BlueprintField, context: SectionContext): Code {
  const { words } = context;
  const options = [
    `{ value: ALL, label: ${quote(`${filter.label}: ${inSentence(words.all)}`)} }`,
    ...(filter.options ?? []).map(quote),
  ];
  return tag('Select', [
    attribute('label', say(words.filterBy, inSentence(filter.label))),
    'hideLabel',
    prop('value', 'wanted'),
    prop('onChange', 'setWanted'),
    prop('options', `[${options.join(', ')}]`),
  ]);
}

/** An action on rows, and where it is not offered on all of them, on which. */
const rowAction = (offer: Offer, one: string, { on, may }: { on: Code; may: string }): Code[] => {
  const condition = conditionOf(offer, one);
  if (offer === 'nobody') return [];
  const argument = offer === 'mine' ? `(${one})` : '()';
  return condition === undefined ? [on] : [on, prop(may, `${argument} => ${condition}`)];
};

/** A table with a dialog to add and edit, and a filter when the documents have a choice field. */
export function composeTable(section: SectionOf<'records'>, context: SectionContext): ComposedSection {
  const names = context.names(section.collection);
  const { collection, one, many } = names;
  const filter = collection.fields.find((field) => field.type === 'select');
  const offers = offersOf(context.plan, collection);
  const edit = prop('onEdit', `(${one}) => setEditing(${one})`);
  const remove = prop('onDelete', `(${one}) => void ${many}.remove(${one}.id)`);
  const table = tag('DataTable', [
    attribute('label', collection.label),
    prop('items', filter ? 'shown' : `${many}.items`),
    prop('columns', local(`${one}Columns`, `../collections/${names.file}`)),
    prop('loading', `${many}.loading`),
    prop('error', `${many}.error`),
    prop('onRetry', `() => void ${many}.refresh()`),
    'search',
    attribute('searchPlaceholder', say(context.words.search, inSentence(collection.label))),
    filter && prop('toolbar', filterSelect(filter, context)),
    collection.cycle && offers.edit === 'all' && prop('rowActions', cycleButton(names)),
    ...rowAction(offers.edit, one, { on: edit, may: 'canEdit' }),
    ...rowAction(offers.remove, one, { on: remove, may: 'canDelete' }),
    prop('itemName', `(${one}) => String(${one}.${collection.title})`),
    prop('empty', emptyState(names, context)),
  ]);
  const frame = tag(
    'Section',
    [
      attribute('id', section.id),
      attribute('title', section.title ?? collection.label),
      optionalAttribute('description', section.description),
      offers.add !== 'nobody' && prop('actions', 'addButton'),
    ],
    [table, editingDialog(names, context)],
  );
  const code = tsx`
    ${filter && tsx`const ALL = '*';`}

    export function ${context.component}({ ${many} }: { ${many}: Collection<${localType(names.type, `../collections/${names.file}`)}> }) {
      ${userLine(offers)}
      ${filter && filterState(filter, names)}
      ${editingState(names, context)}

      ${addButton(names, context)}

      return (
        ${frame}
      );
    }
  `;
  return {
    about: `${collection.label}: add, edit, search, sort and delete.`,
    code,
    takes: section.collection,
  };
}
