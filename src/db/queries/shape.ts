import type { PendingQuery } from '../connection.ts';
import type { Condition } from './filter.ts';
import type { PageRequest } from './page-sql.ts';

/**
 * Clients choose filters and sorts, so the number of different statements has no bound, while every prepared one
 * stays in the memory of its session. Those that a process meets first are prepared, which is what its own front
 * ends ask over and over; the rest is planned each time.
 */
const preparedShapesMax = 500;

const preparedShapes = new Set<string>();

/**
 * Lets a statement be prepared, unless too many different ones are already.
 *
 * @param shape - everything that changes its text, and nothing else
 */
export function prepareIfUsual<Rows extends readonly (object | undefined)[]>(
  statement: PendingQuery<Rows>,
  shape: string,
): PendingQuery<Rows> {
  if (!preparedShapes.has(shape)) {
    if (preparedShapes.size >= preparedShapesMax)
      (statement as unknown as Unpreparable).options.prepare = false;
    else preparedShapes.add(shape);
  }
  return statement;
}

/** postgres.js looks here when it sends a statement; it offers no other way for tagged templates. */
interface Unpreparable {
  readonly options: { prepare?: boolean };
}

/** What of a condition changes a statement's text: fields and operators, not values. */
export function shapeOfCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'test':
      return `${condition.field} ${condition.operator}${condition.operator === 'isNull' ? condition.value : ''}`;
    case 'not':
      return `not(${shapeOfCondition(condition.condition)})`;
    default:
      return `${condition.kind}(${condition.conditions.map(shapeOfCondition).join(',')})`;
  }
}

/** What of a page's request changes its statement's text. */
export function shapeOfPage(request: PageRequest): string {
  const sort = request.sort.map(
    (step) => `${step.field}${step.isDescending ? '-' : '+'}${step.areNullsFirst ? '^' : ''}`,
  );
  const boundary = request.boundary?.map((value) => (value === null ? '0' : '1')).join('') ?? '';
  return [shapeOfCondition(request.condition), sort.join(','), request.isBackward, boundary].join(' ');
}
