import { AppShell, Button, Card, Form, Section, SignInButton, SignedIn, Stack, TextField, useCollection, useTally, useUser, UserMenu } from '@faibric/app';
import { useState } from 'react';

type Post = { text: string };
type Vote = { choice: string };
const options = ['Tabs', 'Spaces'];

function Posts() {
  const { user } = useUser();
  const posts = useCollection<Post>('posts', { orderBy: '-createdAt', limit: 50, filter: { text: { $ne: '' } } });
  const [text, setText] = useState('');
  const send = async () => {
    if (await posts.add({ text })) setText('');
  };
  return (
    <Section title="Posts" actions={user ? undefined : <SignInButton label="Sign in to vote" />}>
      <Form onSubmit={send} submitLabel="Post"><TextField label="Text" value={text} onChange={setText} /></Form>
      <Stack>
        {posts.items.map((post) => (
          <Card key={post.id} title={post.text} actions={post.mine && <Button onClick={() => posts.update(post.id, { text: `${post.text}!` }, { ifUnchanged: true })}>Shout</Button>}>
            {post.mine && <Button variant="danger" onClick={() => posts.remove(post.id)}>Delete</Button>}
          </Card>
        ))}
      </Stack>
      {posts.hasMore && <Button onClick={() => posts.loadMore()}>More of {posts.total}</Button>}
    </Section>
  );
}

function Poll() {
  const votes = useCollection<Vote>('votes');
  const tally = useTally('votes', 'choice', options);
  const mine = votes.items.find((vote) => vote.mine);
  const vote = async (choice: string) => {
    await (mine ? votes.update(mine.id, { choice }) : votes.add({ choice }));
    await tally.refresh();
  };
  return (
    <Section title="Poll">
      {options.map((option) => <Button key={option} disabled={mine?.choice === option} onClick={() => vote(option)}>{option}: {tally.counts[option] ?? 0}</Button>)}
    </Section>
  );
}

export default function App() {
  return (
    <AppShell title="Live" actions={<UserMenu />}>
      <Posts />
      <SignedIn title="Members vote"><Poll /></SignedIn>
    </AppShell>
  );
}
