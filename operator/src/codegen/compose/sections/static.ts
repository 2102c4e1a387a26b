// Sections whose content is written into the app: hero, prices, hours, features, texts, people, contact.
import type { BlueprintSection, SectionOf } from '@faibric/crds';
import { type Code, icon, join, raw, tsx } from '../code.ts';
import { prop, tag } from '../jsx.ts';
import { attribute, child, literal, optionalAttribute } from '../literal.ts';
import type { ComposedSection, SectionContext } from '../section-context.ts';

const component = (context: SectionContext, body: Code): Code => tsx`
  export function ${context.component}() {
    return (
      ${body}
    );
  }
`;

/** A section around its content. */
export function frame(
  section: BlueprintSection,
  children: readonly Code[],
  extra: readonly Code[] = [],
): Code {
  return tag(
    'Section',
    [
      attribute('id', section.id),
      optionalAttribute('title', section.title),
      optionalAttribute('description', section.description),
      ...extra,
    ],
    children,
  );
}

const constant = (name: string, type: string, value: unknown): Code =>
  tsx`const ${name}${typed(type)} = ${literal(value, 40)};`;

const typed = (type: string): Code => {
  const bare = type.replace('[]', '');
  const imports =
    bare === 'PriceGroup' || bare === 'DayHours' ? [{ name: bare, from: '@faibric/app', type: true }] : [];
  return type === '' ? raw('') : { text: `: ${type}`, imports };
};

/** The first screen of a site. */
export function composeHero(section: SectionOf<'hero'>, context: SectionContext): ComposedSection {
  const buttons = section.actions.map(({ label, target }, index) =>
    tag(
      'Button',
      [
        attribute('href', `#${target}`),
        attribute('size', 'large'),
        attribute('variant', index > 0 ? 'secondary' : 'primary'),
      ],
      [child(label)],
    ),
  );
  const actions = buttons.length > 1 ? tag('Row', [], buttons) : buttons[0];
  const hero = tag('Hero', [
    optionalAttribute('eyebrow', section.eyebrow),
    attribute('title', section.title),
    optionalAttribute('subtitle', section.subtitle),
    prop('icon', icon(context.plan.icon)),
    attribute('align', 'center'),
    attribute('tone', 'tinted'),
    actions && prop('actions', actions),
  ]);
  return { about: 'The first thing that visitors see.', code: component(context, hero) };
}

/** A menu or a list of services with prices. */
export function composePriceList(section: SectionOf<'price-list'>, context: SectionContext): ComposedSection {
  const count = section.groups.reduce((sum, group) => sum + group.items.length, 0);
  const list = tag('PriceList', [
    prop('groups', 'groups'),
    attribute('currency', section.currency),
    count > 30 && 'search',
  ]);
  const code = join(
    [constant('groups', 'PriceGroup[]', section.groups), component(context, frame(section, [list]))],
    '\n\n',
  );
  return { about: 'What there is, and what it costs. Change names and prices here.', code };
}

/** Opening hours by day. */
export function composeHours(section: SectionOf<'hours'>, context: SectionContext): ComposedSection {
  const hours = tag('OpeningHours', [prop('days', 'days'), optionalAttribute('note', section.note)]);
  const code = join(
    [constant('days', 'DayHours[]', section.days), component(context, frame(section, [hours]))],
    '\n\n',
  );
  return { about: 'When it is open. A day without hours is closed.', code };
}

/** Features, services or anything else of a title and a sentence, each with an icon. */
export function composeFeatures(section: SectionOf<'features'>, context: SectionContext): ComposedSection {
  const items = section.items.map((item) =>
    raw(literal({ title: item.title, ...(item.description ? { description: item.description } : {}) })),
  );
  const withIcons = items.map((item, index) => {
    const name = section.items[index]?.icon;
    return name ? tsx`${item.text.replace(/,?\s*\}$/, '')}, icon: ${icon(name)} },` : tsx`${item},`;
  });
  const columns = section.items.length % 3 === 0 ? 3 : section.items.length === 1 ? 1 : 2;
  const list = tag('FeatureList', [prop('items', 'items'), prop('columns', String(columns))]);
  const code = tsx`
    const items = [
      ${withIcons}
    ];

    ${component(context, frame(section, [list]))}
  `;
  return { about: 'What it offers, in a few words each.', code };
}

/** A text of paragraphs and lists. */
export function composeProse(section: SectionOf<'prose'>, context: SectionContext): ComposedSection {
  const prose = tag('Prose', [prop('text', literal(section.text))]);
  return { about: 'A text in paragraphs.', code: component(context, frame(section, [prose])) };
}

/** The people behind it. */
export function composePeople(section: SectionOf<'people'>, context: SectionContext): ComposedSection {
  const cards = tsx`
    <Grid columns={3}>
      {people.map((person) => (
        <Card key={person.name} title={person.name} description={person.role} icon={${icon('User')}} />
      ))}
    </Grid>
  `;
  const people = section.items.map(({ name, role }) => ({ name, role: role ?? '' }));
  const code = join([constant('people', '', people), component(context, frame(section, [cards]))], '\n\n');
  return { about: 'The people behind it.', code };
}

/** What customers said. */
export function composeTestimonials(
  section: SectionOf<'testimonials'>,
  context: SectionContext,
): ComposedSection {
  const cards = tsx`
    <Grid columns={3}>
      {testimonials.map(({ quote, name }) => (
        <Card key={name} icon={${icon('Quote')}} title={name}>
          <p>{quote}</p>
        </Card>
      ))}
    </Grid>
  `;
  const code = join(
    [constant('testimonials', '', section.items), component(context, frame(section, [cards]))],
    '\n\n',
  );
  return { about: 'What customers say. Replace these examples by real ones.', code };
}

/** Questions that open to their answers. */
export function composeQuestions(section: SectionOf<'questions'>, context: SectionContext): ComposedSection {
  const list = tsx`
    <Stack>
      {questions.map(({ question, answer }) => (
        <Card key={question} title={question}>
          <p>{answer}</p>
        </Card>
      ))}
    </Stack>
  `;
  const code = join(
    [constant('questions', '', section.items), component(context, frame(section, [list]))],
    '\n\n',
  );
  return { about: 'Questions that people ask, with their answers.', code };
}

/** Address, phone and e-mail. */
export function composeContact(section: SectionOf<'contact'>, context: SectionContext): ComposedSection {
  const details = tag('ContactDetails', [
    optionalAttribute('address', section.address),
    optionalAttribute('phone', section.phone),
    optionalAttribute('email', section.email),
    optionalAttribute('website', section.website),
  ]);
  return { about: 'How to get in touch.', code: component(context, frame(section, [details])) };
}
