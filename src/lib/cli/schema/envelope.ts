import { ERROR_EXIT_CODES } from '../../errors.ts';
import { type ResultSpec, type Schema, s } from './schema.ts';

const meta = s.object({
  network: s.optional(s.string('the network that was used')),
  block: s.optional(s.block('the block that the answer belongs to')),
  extrinsic: s.optional(s.extrinsicId('the extrinsic that was included')),
});

/** What surrounds a command's result on stdout under `--json`. */
export function successDocument(spec: ResultSpec<unknown>): Schema<unknown> {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: spec.id,
    ...s.object({
      ok: s.constant(true),
      schema: s.constant(spec.id),
      data: spec.data,
      warnings: s.array(s.string()),
      meta,
    }),
  };
}

/** The document of every failure under `--json`. */
export const errorDocument: Schema<unknown> = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'error/v1',
  ...s.object({
    ok: s.constant(false),
    error: s.object({
      code: s.choice(Object.keys(ERROR_EXIT_CODES)),
      message: s.string(),
      hints: s.array(s.string('what to do next')),
      data: s.record(s.json()),
    }),
    meta,
  }),
};

const entry = s.object({ name: s.string(), summary: s.string() });

/** The document of `--help --json`. */
export const helpDocument: Schema<unknown> = successDocument({
  id: 'help/v1',
  data: s.object({
    path: s.string('the words of the topic or command; empty for the program'),
    topics: s.array(entry),
    commands: s.array(entry),
    summary: s.optional(s.string()),
    schema: s.optional(s.string('the schema of the command')),
  }),
});

/** The document of `--version --json`. */
export const versionDocument: Schema<unknown> = successDocument({
  id: 'version/v1',
  data: s.object({ version: s.string(), node: s.string(), platform: s.string() }),
});
