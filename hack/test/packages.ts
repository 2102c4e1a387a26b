// Debian packages that tests need (databases, a browser): installed when missing and possible, else named in
// one clear error. Nothing is started: the tests start what they use, on loopback, and end it.
import { execa } from 'execa';

const isInstalled = async (name: string): Promise<boolean> => {
  const { stdout } = await execa('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { reject: false });
  return stdout === 'installed';
};

/** Makes sure that the packages are installed; throws with the command to run where it cannot. */
export const ensurePackages = async (names: readonly string[]): Promise<void> => {
  const states = await Promise.all(names.map(isInstalled));
  const missing = names.filter((_, index) => !states[index]);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) {
    throw new Error(
      `the tests need ${missing.join(', ')}: run  sudo apt-get install -y ${missing.join(' ')}`,
    );
  }
  console.log(`installing for the tests: ${missing.join(', ')}`);
  // RUNLEVEL=1 keeps the packages from starting services of their own.
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await execa('apt-get', ['update', '-qq'], { env, stdin: 'ignore' });
  await execa('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
    env,
    stdin: 'ignore',
  });
};
