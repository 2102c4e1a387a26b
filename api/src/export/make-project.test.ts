// What an export contains, and that nothing of a title or a name can break out of its place.
import { appSpec } from '@faibric/crds';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { makeExportKit } from '../../../hack/images/export-kit.ts';
import { anApp, aRevision } from '../../test/memory-cluster.ts';
import { toProject } from '../projects/project-view.ts';
import { exportKitSchema } from './export-kit.ts';
import { makeExport } from './make-project.ts';

const kit = exportKitSchema.parse(await makeExportKit());
const app = anApp({
  name: 'plants-k3x9q2',
  spec: { owner: 'ann', changes: [{ id: 'c1', prompt: 'add a date' }], revision: 1, suspend: true },
  status: { revision: 1, services: ['openweather'] },
});
const source = [
  { path: 'src/App.tsx', content: 'export default function App() {\n  return <p>{`${1}`}</p>;\n}\n' },
  { path: 'src/app.css', content: 'p { color: red }\n' },
];
const exported = (title = 'Plants') => {
  const analysis = { engine: 'builtin', title, type: 'list', services: [], collections: [], limited: [] };
  const revision = aRevision(app, {
    spec: { files: source, analysis: { ...analysis, blueprint: { language: 'de' } } },
  });
  const project = toProject(app, { owner: 'me', domain: 'localhost', publicPort: 80 });
  return makeExport({ app, project, revision, kit });
};
const at = (files: Record<string, string>, path: string): string => files[`plants-k3x9q2/${path}`] ?? '';

describe('an export', () => {
  const files = exported();

  test('is one folder with the source byte for byte, the SDK and no tests', () => {
    expect(Object.keys(files).every((path) => path.startsWith('plants-k3x9q2/'))).toBe(true);
    for (const { path, content } of source) expect(at(files, path)).toBe(content);
    expect(at(files, 'faibric/sdk/index.ts')).toContain('useCollection');
    expect(at(files, 'faibric/LICENSE')).toContain('Apache License');
    expect(Object.keys(files).filter((path) => /\.test\.|\.\./.test(path))).toEqual([]);
  });

  test('pins every package to one version', () => {
    const { dependencies, devDependencies } = JSON.parse(at(files, 'package.json'));
    const versions: unknown[] = Object.values({ ...dependencies, ...devDependencies });
    expect(versions.length).toBeGreaterThan(7);
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
  });

  test('has the app as prompt and as source, both as the schema takes them', () => {
    const prompt = parse(at(files, 'manifests/faibricapp.yaml'));
    expect(appSpec.parse(prompt.spec)).toMatchObject({
      prompt: 'A plant tracker',
      changes: app.spec.changes,
    });
    // A pin or a pause is this cluster's business.
    expect(prompt.spec).not.toHaveProperty('revision');
    expect(prompt.spec).not.toHaveProperty('suspend');
    const whole = parse(at(files, 'manifests/faibricapp-source.yaml'));
    expect(appSpec.parse(whole.spec).source?.files).toEqual(source);
    expect(whole.spec).toMatchObject({ id: 'k3x9q2', owner: 'ann' });
  });

  test('has a Deployment that meets the restricted standard, and a Service for it', () => {
    const [deployment, service] = parseAllDocuments(at(files, 'manifests/kubernetes.yaml')).map((one) =>
      one.toJS(),
    );
    const { spec } = deployment.spec.template;
    expect(spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(spec.containers[0].securityContext).toMatchObject({ allowPrivilegeEscalation: false });
    expect(service.spec.selector).toEqual(deployment.spec.selector.matchLabels);
  });

  test('says in the README what is not there', () => {
    expect(at(files, 'README.md')).toContain('openweather');
  });

  test('V13: a title is text in the page, whatever it holds', () => {
    const page = at(exported('</title><script>alert(1)</script>"${x}`'), 'index.html');
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&lt;/title&gt;&lt;script&gt;');
    expect(page).toContain('<html lang="de">');
  });
});
