import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { gatherLicenses } from '../../../scripts/build/licenses.ts';

const root = mkdtempSync(join(tmpdir(), 'btcli-licenses-'));
afterAll(() => rmSync(root, { recursive: true }));

function bundledUnder(license: unknown): { text: string; packages: number } {
  const folder = join(root, 'node_modules', '@scope', 'thing');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: '@scope/thing', version: '1.0.0', license }));
  writeFileSync(join(folder, 'LICENSE.md'), 'the text of the licence');
  return gatherLicenses(root, ['src/a.ts', 'node_modules/@scope/thing/lib/a.js', 'node_modules/@scope/thing/b.js']);
}

describe('licences of what is bundled', () => {
  it.each(['MIT', 'Apache-2.0', 'MIT OR Apache-2.0', '(MIT OR GPL-3.0)', '(MIT AND ISC)', { type: 'BSD-3-Clause' }])(
    '%j may be bundled',
    (license) => {
      const { text, packages } = bundledUnder(license);
      expect(packages).toBe(1);
      expect(text).toContain('@scope/thing 1.0.0');
      expect(text).toContain('the text of the licence');
    },
  );

  it.each(['GPL-3.0', 'GPL-2.0-only', 'AGPL-3.0', 'LGPL-3.0', '(MIT AND GPL-3.0)', 'UNLICENSED', '', undefined])(
    '%j stops the build',
    (license) => {
      expect(() => bundledUnder(license)).toThrow(/must not be bundled/);
    },
  );
});
