// A poll: one vote a browser (kept in its storage; it is a courtesy, not a guard), results as bars after the vote.
import type { SectionOf } from '@faibric/crds';
import { localType, tsx } from '../code.ts';
import { prop, tag } from '../jsx.ts';
import { attribute, literal, quote } from '../literal.ts';
import type { ComposedSection, SectionContext } from '../section-context.ts';
import { frame } from './static.ts';

/** A question, its options, and their votes. */
export function composePoll(section: SectionOf<'poll'>, context: SectionContext): ComposedSection {
  const names = context.names(section.collection);
  const { many, collection } = names;
  const { words } = context;
  const answer = collection.title;
  const button = tag(
    'Button',
    [
      prop('key', 'option'),
      prop('onClick', '() => void vote(option)'),
      prop('disabled', `voted !== null || ${many}.loading`),
    ],
    [tsx`{option}`],
  );
  const bar = tag('Progress', [
    prop('key', 'option'),
    prop('label', `\`\${option}: \${count(option)} ${words.votes}\``),
    prop('value', 'count(option)'),
    prop('max', `Math.max(1, ${many}.items.length)`),
  ]);
  const type = localType(names.type, `../collections/${names.file}`);
  const code = tsx`
    const options = ${literal(section.options, 20)};
    const VOTED = ${quote(`voted-${section.id}`)};

    export function ${context.component}({ ${many} }: { ${many}: Collection<${type}> }) {
      const [voted, setVoted] = useState(() => window.localStorage.getItem(VOTED));
      const count = (option: string) => ${many}.items.filter((one) => one.${answer} === option).length;

      async function vote(option: string) {
        const saved = await ${many}.add({ ${answer}: option });
        if (!saved) return;
        window.localStorage.setItem(VOTED, option);
        setVoted(option);
      }

      return (
        ${frame({ ...section, title: section.title ?? section.question }, [
          tsx`
          {${many}.error && <ErrorState error={${many}.error} onRetry={() => void ${many}.refresh()} />}
          <Card ${attribute('title', words.vote)}>
            <Row>
              {options.map((option) => (
                ${button}
              ))}
            </Row>
            {voted !== null && <p>{${quote(`${words.thanks}: `)}}{voted}</p>}
          </Card>
          <Card ${attribute('title', words.results)}>
            <Stack>
              {options.map((option) => (
                ${bar}
              ))}
            </Stack>
          </Card>
        `,
        ])}
      );
    }
  `;
  return { about: 'A question to vote on, and the votes so far.', code, takes: section.collection };
}
