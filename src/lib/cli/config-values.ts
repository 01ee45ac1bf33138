import { type ConfigValues, readConfig } from '../config.ts';
import type { Environment } from '../paths.ts';
import { resolveSettings, SETTINGS, type SettingSpec, type Settings } from '../settings.ts';
import { type Infer, s } from './schema/schema.ts';

/** One setting with its value and origin, as `config list` and `config get` print it. */
export const settingSchema = s.object({
  key: s.string(),
  value: s.string(),
  source: s.choice(['environment', 'config', 'default']),
  summary: s.string(),
});

export type SettingRow = Infer<typeof settingSchema>;

/** Every setting as a command without options would see it. */
export function settingRows(env: Environment, file: string): SettingRow[] {
  const { values, sources } = resolveSettings({ options: {}, env, config: readConfig(file) });
  return Object.entries<SettingSpec<unknown>>(SETTINGS).map(([field, spec]) => ({
    key: spec.key,
    value: spec.format(values[field as keyof Settings] as never),
    source: sources[field as keyof Settings] as SettingRow['source'],
    summary: spec.summary,
  }));
}

/** The config file's values with some replaced, or removed where the value is undefined. */
export function changed(values: ConfigValues, changes: Readonly<Record<string, string | undefined>>): ConfigValues {
  const entries = Object.entries({ ...values, ...changes }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
