import type { Collection } from '../db/queries/collection.ts';
import type { Condition } from '../db/queries/filter.ts';
import type { SortStep } from '../db/queries/page-sql.ts';
import { loadScenarioItems } from '../db/queries/scenario-suggestion.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { requireKnown } from './as-of.ts';
import { type ConnectionValue, resolveConnection } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import { requestError } from './errors.ts';
import type { FilterInput } from './filter.ts';
import { loadEach, loaderOf } from './loader.ts';
import { flatPage, type PageArguments, pageCost } from './page.ts';
import type { MutationPorts } from './ports.ts';
import { prepareScenario, type ScenarioArgument } from './scenario.ts';
import { toSuggestionCondition } from './suggestion-inputs.ts';

/** More levels than this are decided by the worker, not by a question. */
const levelsMax = 2_000;
const scenarioCost = 1_000;

/** What `scenario` means for a list of suggestions, the same for both. */
export const suggestionScenarioDescription = `What would be suggested if this were true, computed from what is stored and kept nowhere; null and {} = the stored list itself. Items for which it makes no sense are left out and named by \`refusedSkus\`. The answer holds OPEN and HELD ones; their ids are of this scenario: \`node\` finds nothing by them, and they cannot be decided. Only for filters whose items have at most ${levelsMax.toLocaleString('en')} levels, and not together with \`asOf\`.`;

/** Cost of a page of suggestions; under a scenario also of computing them all. */
export function suggestionCost(
  args: Parameters<ReturnType<typeof pageCost>>[0] & { scenario?: ScenarioArgument | null | undefined },
) {
  const { field, multiplier } = pageCost(flatPage)(args);
  return { field: args.scenario == null ? field : field + scenarioCost, multiplier };
}

/** Which of its worlds a list of suggestions is asked of. */
interface WorldArguments extends PageArguments {
  readonly filter?: FilterInput | null | undefined;
  readonly scenario?: ScenarioArgument | null | undefined;
  readonly asOf?: Date | null | undefined;
}

/** Suggestions under a scenario, before they are filtered. */
type ScenarioSuggestions = Awaited<ReturnType<MutationPorts['suggestUnderScenario']>> & {
  /** Tells this scenario from others. */
  readonly name: string;
};

/** A list of suggestions as it is, as it was known, and as it would be. */
interface Worlds<Row, Field extends string> {
  readonly stored: Collection<Row, Field>;
  readonly asOf: (at: Date) => Collection<Row, Field>;
  readonly under: (
    made: ScenarioSuggestions,
    organizationId: OrganizationId,
    at: Date,
  ) => Collection<Row, Field>;
}

/** A page of suggestions. */
export interface SuggestionPage<Row> extends ConnectionValue<Row> {
  /** Article numbers of the items that could not be computed under the scenario. */
  readonly refusedSkus: readonly string[];
}

/**
 * A page of the world that is asked for.
 *
 * @throws GraphQLError SCENARIO_INVALID, ARGUMENT_OUT_OF_RANGE, AS_OF_BEFORE_RETENTION, and as `resolveConnection`
 */
export async function readSuggestions<Row, Field extends string>(
  context: GraphqlContext,
  args: WorldArguments,
  worlds: Worlds<Row, Field>,
  sort: readonly SortStep<Field>[],
): Promise<SuggestionPage<Row>> {
  const condition = toSuggestionCondition(context, args.filter);
  const made = await loadScenarioSuggestions(context, args, condition);
  const choose = async () => {
    if (made !== null) return worlds.under(made, context.viewer.organizationId, context.now);
    return args.asOf == null ? worlds.stored : worlds.asOf(await requireKnown(context, args.asOf));
  };
  const page = await resolveConnection(context, {
    ...{ collection: await choose(), args, sizes: flatPage, condition, sort },
  });
  return { ...page, refusedSkus: made?.refusedSkus ?? [] };
}

/**
 * What would be suggested under a scenario for every item that a condition may concern; lists of one operation with the
 * same scenario and condition are computed once. Stores nothing.
 *
 * @returns null for the scenario that changes nothing: its list is the stored one
 * @throws GraphQLError SCENARIO_INVALID, also beside `asOf`; ARGUMENT_OUT_OF_RANGE when the items have more than 2,000
 *   levels
 */
async function loadScenarioSuggestions(
  context: GraphqlContext,
  args: WorldArguments,
  condition: Condition,
): Promise<ScenarioSuggestions | null> {
  const { scenario, asOf } = args;
  if (scenario == null) return null;
  const { locale } = context.viewer;
  if (asOf != null) throw requestError(locale, 'SCENARIO_INVALID', { argument: 'asOf', bound: 'null' });
  if (isEmpty(scenario)) return null;
  const name = JSON.stringify(scenario);
  return loaderOf<string, ScenarioSuggestions>(context, `suggestions under ${name}`, (texts) =>
    loadEach(texts, async (text) => {
      const prepared = await prepareScenario(context, scenario);
      const wanted = JSON.parse(text) as Condition;
      const itemIds = await context.read((scope) => loadScenarioItems(scope, wanted, levelsMax));
      if (itemIds === null) {
        const bound = `≤ ${levelsMax} levels`;
        throw requestError(locale, 'ARGUMENT_OUT_OF_RANGE', { argument: 'filter', bound });
      }
      const made = await context.ports.suggestUnderScenario(
        (work) => context.read(({ sql }) => work(sql)),
        itemIds,
        (level, plannedDay) => prepared.of(level, plannedDay),
      );
      return { ...made, name };
    }),
  ).load(JSON.stringify(condition));
}

function isEmpty(scenario: ScenarioArgument): boolean {
  return Object.values(scenario).every(
    (value) => value == null || (Array.isArray(value) && value.length === 0),
  );
}
