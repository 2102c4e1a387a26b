import { AppShell, Login, useDocument, useUser } from '@faibric/app';
export default function App() {
  const { user, logout } = useUser();
  const profile = useDocument<{ nick: string }>('profiles', user?.id ?? '');
  if (!user) return <AppShell title="Club"><Login title="Members" onDone={(u) => console.log(u.email)} /></AppShell>;
  return <AppShell title="Club"><p>{profile.item?.nick}</p><button onClick={logout}>Bye</button><button onClick={() => profile.save({ nick: 'x' })}>Save</button></AppShell>;
}
