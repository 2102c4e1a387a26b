// A poll: one vote a browser (or signed-in user), which it may change; the API says whose a vote is. All votes are
// counted on the server, so that the result is right for any number of them.
import type { SectionOf } from '@faibric/crds';
import { type Code, localType, tsx } from '../code.ts';
import { prop, tag } from '../jsx.ts';
import { attribute, literal, quote } from '../literal.ts';
import { offersOf, userLine } from '../offers.ts';
import type { ComposedSection, SectionContext } from '../section-context.ts';
import { say } from '../words.ts';
import { frame } from './static.ts';

function buttons(many: string, needsUser: boolean): Code {
  const button = tag(
    'Button',
    [
      prop('key', 'option'),
      prop('variant', "option === voted ? 'primary' : 'secondary'"),
      prop('disabled', `busy || ${many}.loading`),
      prop('onClick', '() => void vote(option)'),
    ],
    [tsx`{option}`],
  );
  const row = tsx`
    <Row>
      {options.map((option) => (
        ${button}
      ))}
    </Row>
  `;
  if (!needsUser) return row;
  return tsx`
    {user ? (
      ${row}
    ) : (
      ${tag('SignInButton', [])}
    )}
  `;
}

const bars = (votes: string): Code => {
  const bar = tag('Progress', [
    prop('key', 'option'),
    prop('label', `\`\${option}: \${tally.counts[option] ?? 0} ${votes}\``),
    prop('value', 'tally.counts[option] ?? 0'),
    prop('max', 'Math.max(1, tally.total)'),
  ]);
  return tsx`
    <Stack>
      {options.map((option) => (
        ${bar}
      ))}
    </Stack>
  `;
};

/** A question, its options, and their votes. */
export function composePoll(section: SectionOf<'poll'>, context: SectionContext): ComposedSection {
  const names = context.names(section.collection);
  const { many, collection } = names;
  const { words } = context;
  const answer = collection.title;
  const offers = offersOf(context.plan, collection);
  const type = localType(names.type, `../collections/${names.file}`);
  const code = tsx`
    const options = ${literal(section.options, 20)};

    export function ${context.component}({ ${many} }: { ${many}: Collection<${type}> }) {
      ${userLine(offers)}
      const tally = useTally(${quote(collection.name)}, ${quote(answer)}, options);
      const [busy, setBusy] = useState(false);
      const mine = ${many}.items.find((vote) => vote.mine);
      const voted = mine?.${answer} ?? null;

      async function vote(option: string) {
        setBusy(true);
        await (mine ? ${many}.update(mine.id, { ${answer}: option }) : ${many}.add({ ${answer}: option }));
        await tally.refresh();
        setBusy(false);
      }

      return (
        ${frame({ ...section, title: section.title ?? section.question }, [
          tsx`
          {tally.error && <ErrorState error={tally.error} onRetry={() => void tally.refresh()} />}
          <Card ${attribute('title', words.vote)}>
            ${buttons(many, offers.add === 'signed-in')}
            {voted !== null && <p>{\`${say(words.yourVote, '${voted}').replaceAll('`', '')}\`}</p>}
          </Card>
          <Card ${attribute('title', words.results)}>
            ${bars(words.votes)}
          </Card>
        `,
        ])}
      );
    }
  `;
  return { about: 'A question to vote on, and the votes so far.', code, takes: section.collection };
}
