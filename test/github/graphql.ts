import {
  buildSchema,
  type DocumentNode,
  execute,
  getOperationAST,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  parse,
  validate,
} from "graphql";
import type { Json } from "./emulated.ts";
import { Refused } from "./refused.ts";
import { roots } from "./graphqlRoots.ts";
import { type Call, refusal, type Reply, type State } from "./state.ts";

let schema: GraphQLSchema | undefined;

/** GitHub's own GraphQL schema; large, so it is read when a query first needs it. */
async function githubSchema(): Promise<GraphQLSchema> {
  const { schema: described } = await import("@octokit/graphql-schema");
  return (schema ??= buildSchema(described.idl, { assumeValid: true, noLocation: true }));
}

/** "query" or "mutation"; undefined where the text is neither. */
export function operationOf(body: Json): "query" | "mutation" | "subscription" | undefined {
  try {
    return getOperationAST(parse(body.query), body.operationName)?.operation;
  } catch {
    return undefined;
  }
}

/** Answers a query: checked and carried out against GitHub's schema, so that its answer has the right types too. */
export async function answerGraphql(state: State, call: Call): Promise<Reply> {
  const { query, variables, operationName } = call.body ?? {};
  if (typeof query !== "string") {
    state.report("POST /graphql: the body has no query");
    return refusal(400, "A query attribute must be specified and must be a string.");
  }
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    return wrong(state, [error as GraphQLError]);
  }
  const github = await githubSchema();
  const faults = validate(github, document);
  if (faults.length > 0) return wrong(state, faults);
  const { data, errors } = await execute({
    schema: github,
    document,
    rootValue: roots(state, call.token),
    variableValues: variables,
    operationName,
    fieldResolver: resolverOf(state),
    typeResolver: (value: Json) => value.__typename,
  });
  for (const error of errors ?? [])
    if (!(error.originalError instanceof Refused)) state.report(`graphql: ${error.message}`);
  const told = errors?.map((error) => ({
    ...(error.originalError instanceof Refused ? { type: error.originalError.type } : {}),
    ...error.toJSON(),
  }));
  return { status: 200, body: { data: data ?? null, ...(told ? { errors: told } : {}) } };
}

/** A value, or what a function makes of the arguments; what is neither is a hole in the stand-in, not null. */
function resolverOf(state: State): GraphQLFieldResolver<Json, unknown> {
  return (source, args, _, { fieldName, parentType }) => {
    const value = source[fieldName];
    if (typeof value === "function") return value(args);
    if (value === undefined) state.report(`graphql: the stand-in does not answer ${parentType.name}.${fieldName}`);
    return value;
  };
}

function wrong(state: State, errors: readonly GraphQLError[]): Reply {
  for (const { message } of errors) state.report(`graphql: ${message}`);
  return { status: 200, body: { errors: errors.map((error) => error.toJSON()) } };
}
