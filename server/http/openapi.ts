import { z } from 'zod';
import { consoleApi, consoleStreams } from '../../shared/contract/console-api.ts';
import { Problem } from '../../shared/contract/problem.ts';
import type { Access, Route } from '../../shared/contract/route.ts';
import { syncApi, syncStreams } from '../../shared/contract/sync-api.ts';
import { BatchAnswer, batchHeaderNames } from '../../shared/sync/batch.ts';

type Json = { readonly [name: string]: unknown };

/** What every route of the contracts looks like from outside, as OpenAPI 3.1. */
export function openApiDocument(version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [operationId, route] of allRoutes()) {
    addOperation(paths, route, { operationId, ...operationOf(route) });
  }
  for (const stream of streamOperations()) addOperation(paths, stream, stream.operation);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Mạng Thuốc – centre',
      version,
      description:
        'Till routes are signed by the device key (Ed25519), console routes carry a session cookie. Errors are problem details (RFC 9457).',
    },
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem, 'output') },
      securitySchemes: {
        till: {
          type: 'apiKey',
          in: 'header',
          name: 'x-signature',
          description:
            'Base64 Ed25519 signature over "mang-thuoc request v1\\n<till>\\n<method>\\n<path and query>\\n<SHA-256 of the body>", with the till id in x-till.',
        },
        account: { type: 'apiKey', in: 'cookie', name: 'session' },
      },
    },
  };
}

function allRoutes(): readonly (readonly [string, Route])[] {
  return [...Object.entries<Route>(syncApi), ...Object.entries<Route>(consoleApi)];
}

function addOperation(
  paths: Record<string, Record<string, Json>>,
  { method, path }: { readonly method: string; readonly path: string },
  operation: Json,
): void {
  const template = path.replace(/:(\w+)/g, '{$1}');
  paths[template] = { ...paths[template], [method.toLowerCase()]: operation };
}

function operationOf(route: Route): Json {
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')];
  return {
    summary: route.summary,
    tags: [route.path.startsWith('/v1/') ? 'till' : 'console'],
    security: securityOf(route.access),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: true, content: jsonOf(schemaOf(route.body, 'input')) } }),
    responses: {
      '200': { description: 'Done', content: jsonOf(schemaOf(route.answer, 'output')) },
      default: problemResponse,
    },
  };
}

const problemResponse = {
  description: 'A refusal or a fault',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query'): readonly Json[] {
  if (schema === undefined) return [];
  return Object.entries(schema.shape).map(([name, part]) => ({
    name,
    in: place,
    required: place === 'path' || !isOptional(part),
    schema: schemaOf(part, 'output'),
  }));
}

function isOptional(schema: z.core.$ZodType): boolean {
  return z.safeParse(schema, undefined).success;
}

function securityOf(access: Access): readonly Json[] {
  switch (access) {
    case 'public':
      return [];
    case 'till':
      return [{ till: [] }];
    case 'account':
    case 'national':
      return [{ account: [] }];
  }
}

function jsonOf(schema: Json): Json {
  return { 'application/json': { schema } };
}

/** Values that JSON Schema cannot say in full (a day that exists) are described by their shape. */
function schemaOf(schema: z.core.$ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    target: 'draft-2020-12',
  });
  return io === 'output' ? { ...json } : json;
}

function streamOperations() {
  const text = (description: string, type: string, security: readonly Json[]) => ({
    summary: description,
    security,
    responses: { '200': { description, content: { [type]: {} } }, default: problemResponse },
  });
  const till = securityOf('till');
  const account = securityOf('account');
  return [
    { ...syncStreams.batches, operation: batchOperation() },
    {
      ...syncStreams.snapshot,
      operation: text('The whole catalogue, gzip', 'application/x-ndjson', till),
    },
    {
      ...syncStreams.stream,
      operation: text('`event: news`: ask the feed again', 'text/event-stream', till),
    },
    {
      ...consoleStreams.uploadImport,
      operation: text('Upload a register (raw file, x-file-name)', 'application/json', account),
    },
    ...[
      consoleStreams.importIssuesCsv,
      consoleStreams.facilitiesCsv,
      consoleStreams.facilityMovementsCsv,
    ].map((route) => ({ ...route, operation: text('The list as CSV', 'text/csv', account) })),
    {
      ...consoleStreams.stream,
      operation: text('`event: changed` with topics', 'text/event-stream', account),
    },
  ];
}

function batchOperation(): Json {
  return {
    operationId: 'batches',
    summary: 'Store a signed batch of consecutive events',
    tags: ['till'],
    description: 'Content-Encoding: gzip; one sealed event a line, without its `prev` field.',
    security: [],
    parameters: Object.values(batchHeaderNames).map((name) => ({
      name,
      in: 'header',
      required: true,
      schema: { type: 'string' },
    })),
    requestBody: { required: true, content: { 'application/x-ndjson': {} } },
    responses: Object.fromEntries(
      ['200', '400', '401', '403', '409', '426'].map((status) => [
        status,
        { description: 'The verdict', content: jsonOf(schemaOf(BatchAnswer, 'output')) },
      ]),
    ),
  };
}
