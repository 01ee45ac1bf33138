import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../helpers/project-root.ts';

/** Folders made by scripts/ci-system-deps.sh: one for a Python package each, one for a version of polkadot-api each. */
export const PYTHON = process.env.BTCLI_TEST_PYTHON ?? join(ROOT, '.tmp', 'python');
export const PAPI = process.env.BTCLI_TEST_PAPI ?? join(ROOT, '.tmp', 'papi');

/**
 * Whether an environment holds what its marker must name; says what goes untested where it does not.
 * @param marker the package and its version, or the version, as scripts/ci-system-deps.sh writes it
 */
export function isInstalled(environment: string, marker: string, tested: string): boolean {
  const file = join(environment, '.installed');
  const installed = existsSync(file) && readFileSync(file, 'utf8').trim() === marker;
  if (!installed) console.error(`!!! NOT TESTED: ${tested} (run scripts/ci-system-deps.sh)`);
  return installed;
}

/** A Python package of a fixed version, as `isInstalled`. */
export const hasPackage = (name: string, version: string, tested: string): boolean =>
  isInstalled(join(PYTHON, name), `${name}==${version}`, `${tested} ${name}==${version}`);
