import { describe, expect, expectTypeOf, it } from 'vitest';
import type { LocaleName } from '../../src/graphql/context.ts';
import { type MessageCode, messageCodes, type ParamsOf, translate } from '../../src/graphql/messages.ts';
import { userError } from '../../src/graphql/user-error.ts';

/** The names that a message asks for, told by what it looks up while it is filled. */
function namesIn(locale: LocaleName, code: MessageCode): string[] {
  const asked: string[] = [];
  const params = new Proxy({} as Record<string, string>, {
    get: (_target, name) => {
      asked.push(String(name));
      return 'filled';
    },
  });
  expect(translate(locale, code, params)).not.toMatch(/[{}]/);
  return [...new Set(asked)].sort();
}

describe('messages', () => {
  it.each(messageCodes)('%s is filled with the same in both languages', (code) => {
    expect(namesIn('zh-CN', code)).toEqual(namesIn('en', code));
  });

  it('are never left open: what they are filled with is demanded by their types', () => {
    expectTypeOf<{ other: string }>().toExtend<ParamsOf<'USER_DUPLICATE'>>();
    expectTypeOf<{ row: string }>().not.toExtend<ParamsOf<'USER_DUPLICATE'>>();
    expectTypeOf<object>().not.toExtend<ParamsOf<'USER_QUANTITY_CHANGED'>>();
    expect(userError('DUPLICATE', ['input'], { other: '0' }).params).toEqual({ other: '0' });
  });
});
