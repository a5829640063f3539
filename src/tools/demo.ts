import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { AppError } from '../shared/errors.ts';
import { type Ask, walkDecisions } from './demo-decisions.ts';

/** `shuiwei demo decisions`: a walk through the decisions on a running server, every call printed. */
export function demoCommand(): Command {
  return new Command('demo').description('walk through a running server, with every call printed').addCommand(
    new Command('decisions')
      .description(
        'low stock, alert, suggestion, approval, inbound, arrival, alert over; makes an item of its own',
      )
      .option('--url <url>', 'address of the API; default: HOST and PORT of this machine')
      .option('--key <key>', 'API key; not needed for the demo on this machine')
      .action(async (options: { url?: string; key?: string }) => {
        const config = readConfig([]);
        const url = new URL('/graphql', options.url ?? `http://${config.host}:${config.port}`).href;
        const stamp = new Date().toISOString().replace(/\D/g, '').slice(2, 14);
        await walkDecisions(createPrintingAsk(url, options.key ?? null), stamp);
        console.log('\nDone: low → alert → suggestion → approved → inbound → arrived → resolved.');
      }),
  );
}

/** Asks over HTTP; prints the operation, its variables and the answer of every call that has a title. */
function createPrintingAsk(url: string, key: string | null): Ask {
  let number = 0;
  return async (title, source, variables = {}) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({ query: source, variables }),
    });
    const answer = (await response.json()) as {
      data?: Record<string, unknown>;
      errors?: { message: string }[];
    };
    if (title !== '') {
      number += 1;
      console.log(`\n── ${number}. ${title}`);
      console.log(source.trim().replace(/\s+/g, ' '));
      if (Object.keys(variables).length > 0) console.log(`variables ${JSON.stringify(variables)}`);
      console.log(`→ ${JSON.stringify(answer.data ?? answer)}`);
    }
    refuse(title, answer);
    return answer.data;
  };
}

/** @throws AppError `invalid_input` when the call failed or was refused */
function refuse(
  title: string,
  answer: { data?: Record<string, unknown>; errors?: { message: string }[] },
): void {
  const refusals = Object.values(answer.data ?? {}).flatMap(
    (payload) => (payload as { userErrors?: { message: string }[] } | null)?.userErrors ?? [],
  );
  const messages = [...(answer.errors ?? []), ...refusals].map(({ message }) => message);
  if (messages.length > 0) throw new AppError('invalid_input', `${title}: ${messages.join('; ')}`);
}
