import type { App } from '../app.ts';
import type { Config } from '../config.ts';

/** The friendly lines of a start: what is where, and what to try first. */
export function banner(config: Config, app: Pick<App, 'url' | 'embeddedDir' | 'world'>): string {
  const lines = ['', `  Shuiwei 水位 is ready (${[...config.roles].join(', ')})`, ''];
  if (app.url !== null) {
    lines.push(
      `  Dashboard                  ${app.url}/`,
      `  GraphQL API and GraphiQL   ${app.url}/graphql`,
      `  Health and metrics         ${app.url}/ready  ${app.url}/metrics`,
    );
  }
  lines.push(`  Database                   ${app.embeddedDir ?? 'DATABASE_URL'}`);
  if (app.world !== null) {
    lines.push(`  Sandbox                    ${describeWorld(config, app.world)}`);
  }
  if (app.url !== null && app.world !== null) {
    lines.push('', '  Watch alerts as they come: npm run shuiwei -- watch');
  }
  return [...lines, ''].join('\n');
}

function describeWorld(config: Config, world: NonNullable<App['world']>): string {
  const day = world.startAt.toISOString().slice(0, 10);
  const pace =
    config.speed === Infinity ? 'as fast as it can' : `one day in ${Math.round(86_400 / config.speed)} s`;
  return world.trace === null
    ? `built-in shop with 300 SKUs and 5 warehouses, from ${day}, ${pace}`
    : `recorded sales of ${config.traceFile}, live from ${day}, ${pace}; earlier days load in the background`;
}
