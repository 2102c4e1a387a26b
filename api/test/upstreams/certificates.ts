// Certificates for tests of TLS: an authority of the test's own and what it signs, made by the openssl of the machine in a
// temporary folder. None of it is trusted by anything but the test that names the authority.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate and its key, in PEM. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

/** Certificates for `upstream.test`, one good and three that are not. */
export interface TestCertificates {
  readonly ca: string;
  readonly good: TestCertificate;
  readonly expired: TestCertificate;
  readonly wrongName: TestCertificate;
  readonly selfSigned: TestCertificate;
}

/** Makes them. */
export const makeCertificates = (): TestCertificates => {
  const folder = mkdtempSync(join(tmpdir(), 'faibric-tls-'));
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { stdio: 'ignore' });
  };
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const names = (name: string) => ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
  const read = (name: string): TestCertificate => ({
    cert: readFileSync(at(`${name}.pem`), 'utf8'),
    key: readFileSync(at(`${name}.key`), 'utf8'),
  });
  const self = (name: string, subject: string): TestCertificate => {
    openssl(
      'req',
      '-x509',
      ...fresh,
      '-keyout',
      at(`${name}.key`),
      '-out',
      at(`${name}.pem`),
      ...names(subject),
    );
    return read(name);
  };
  const signed = (name: string, subject: string, days: string): TestCertificate => {
    openssl('req', ...fresh, '-keyout', at(`${name}.key`), '-out', at(`${name}.csr`), ...names(subject));
    const by = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-copy_extensions', 'copy'];
    openssl('x509', '-req', '-in', at(`${name}.csr`), ...by, '-days', days, '-out', at(`${name}.pem`));
    return read(name);
  };
  try {
    const ca = self('ca', 'test-authority').cert;
    return {
      ca,
      good: signed('good', 'upstream.test', '1'),
      expired: signed('expired', 'upstream.test', '-1'),
      wrongName: signed('wrong', 'other.test', '1'),
      selfSigned: self('self', 'upstream.test'),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};
