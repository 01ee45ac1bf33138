import { Ajv, type ValidateFunction } from 'ajv';
import { expect } from 'vitest';
import { type JsonDocument, runJson } from './run-cli.ts';

const ajv = new Ajv({ strict: true, allowUnionTypes: true });
const compiled = new Map<string, Promise<ValidateFunction>>();

/** Fails when a document of the built CLI does not match the JSON Schema that `btcli-ts schema` prints for it. */
export async function expectValid(document: JsonDocument): Promise<void> {
  const name = document.ok ? document.schema : 'error/v1';
  const pending = compiled.get(name) ?? compile(name);
  compiled.set(name, pending);
  const validate = await pending;
  expect(validate(document), `${name}: ${ajv.errorsText(validate.errors)}`).toBe(true);
}

async function compile(name: string): Promise<ValidateFunction> {
  const printed = await runJson(['schema', name]);
  return ajv.compile(printed.document.data.document);
}
