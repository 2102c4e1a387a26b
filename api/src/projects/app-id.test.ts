import { describe, expect, test } from 'vitest';
import { anApp } from '../../test/memory-cluster.ts';
import { addressOf, appIdOf, expectedHost, idFromUid, newAppId, slugFromPrompt } from './app-id.ts';

describe('names from prompts', () => {
  test.each([
    ['A plant tracker with name, species and watering interval', 'planttracker'],
    ['A live dashboard for AAPL, MSFT and TSLA with a chart', 'dashboardaapl'],
    ["A site for Rosa's pizzeria with menu, opening hours", 'rosapizzeria'],
    ['Build me a simple todo app', 'todo'],
    ['Ein Gästebuch für Müller', 'eingastebuch'],
    ['植物を管理するアプリ', 'app'],
    ['the a of', 'app'],
    ['2048 game', 'game'],
    ['Internationalisationworkflow supercalifragilistic', 'internationalisationwork'],
  ])('%s → %s', (prompt, slug) => {
    expect(slugFromPrompt(prompt)).toBe(slug);
  });

  test('every slug is a DNS label that starts with a letter', () => {
    for (const prompt of ['9 lives', '---', 'ÀÉ îõ', 'x', '🌱 🌱', 'API registry']) {
      expect(slugFromPrompt(prompt)).toMatch(/^[a-z][a-z0-9]{1,23}$/);
    }
  });
});

describe('ids', () => {
  test('a new id is a letter and five letters or digits', () => {
    expect(newAppId(() => 0)).toBe('aaaaaa');
    expect(newAppId((n) => n - 1)).toBe('z99999');
  });

  test('spec.id, then status.appId, then the UID', () => {
    expect(appIdOf(anApp({ spec: { id: 'abc123' } }))).toBe('abc123');
    expect(appIdOf(anApp({ spec: { id: undefined }, status: { appId: 'fromstat' } }))).toBe('fromstat');
    const app = anApp({ spec: { id: undefined } });
    expect(appIdOf(app)).toBe(idFromUid(app.metadata.uid));
  });

  test('an id from a UID is base32 of its SHA-256', () => {
    // printf '%s' 00000000-0000-0000-0000-000000000000 | sha256sum | xxd -r -p | base32 | tr A-Z a-z | cut -c1-8
    expect(idFromUid('00000000-0000-0000-0000-000000000000')).toBe('ck4to7f6');
  });
});

describe('addresses before the operator has looked', () => {
  const rules = { owner: 'batman1', domain: 'localhost', publicPort: 80 };
  test.each([
    ['name with the id at its end', { name: 'livestocks-k3x9q2' }, 'batman1-livestocks-k3x9q2.localhost'],
    ['name without the id', { name: 'plants' }, 'batman1-plants-k3x9q2.localhost'],
    ['own owner', { name: 'plants', spec: { owner: 'rosa' } }, 'rosa-plants-k3x9q2.localhost'],
    ['custom host', { name: 'plants', spec: { host: 'plants.example.org' } }, 'plants.example.org'],
    [
      'a name that is too long for one label',
      { name: `${'a'.repeat(44)}-bbbbb`, spec: { owner: 'o'.repeat(20) } },
      `${'o'.repeat(20)}-${'a'.repeat(35)}-k3x9q2.localhost`,
    ],
  ])('%s', (_name, parts, host) => {
    expect(expectedHost(anApp(parts), rules)).toBe(host);
  });

  test('the port is named when it is not 80', () => {
    expect(addressOf('a.localhost', 80)).toBe('http://a.localhost');
    expect(addressOf('a.localhost', 8080)).toBe('http://a.localhost:8080');
  });
});
