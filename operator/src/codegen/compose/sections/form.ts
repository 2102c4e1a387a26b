// A form that visitors send: contact, sign-up, booking. Its answers go to a collection that only the owner reads, so
// the section adds and never lists.
import type { SectionOf } from '@faibric/crds';
import { icon, local, localType, tsx } from '../code.ts';
import { prop, tag } from '../jsx.ts';
import { attribute, child } from '../literal.ts';
import { isOwnersOnly } from '../offers.ts';
import type { ComposedSection, SectionContext } from '../section-context.ts';
import { frame } from './static.ts';

/** The form, and the thanks that take its place once it is sent. */
export function composeForm(section: SectionOf<'form'>, context: SectionContext): ComposedSection {
  const names = context.names(section.collection);
  const file = `../collections/${names.file}`;
  const again = tag(
    'Button',
    [attribute('variant', 'secondary'), prop('onClick', '() => setSent(false)')],
    [child(context.words.another)],
  );
  const thanks = tag('EmptyState', [
    prop('icon', icon('CircleCheck')),
    attribute('title', context.words.thanks),
    attribute('description', section.thanks),
    prop('action', again),
  ]);
  const form = tag('RecordForm', [
    prop('fields', local(`${names.one}Fields`, file)),
    prop('onSubmit', 'send'),
    attribute('submitLabel', section.submit),
  ]);
  const content = tsx`
    {sent ? (
      ${thanks}
    ) : (
      ${form}
    )}
  `;
  const note = isOwnersOnly(names.collection) && attribute('footer', context.words.ownerReads);
  const card = tag('Card', [note], [content]);
  const code = tsx`
    export function ${context.component}({ ${names.many} }: { ${names.many}: Collection<${localType(names.type, file)}> }) {
      const [sent, setSent] = useState(false);

      async function send(values: RecordValues) {
        const saved = await ${names.many}.add(values as ${localType(names.type, file)});
        setSent(saved !== null);
      }

      return (
        ${frame(section, [card])}
      );
    }
  `;
  return { about: `${names.collection.label} that visitors send.`, code, takes: section.collection };
}
