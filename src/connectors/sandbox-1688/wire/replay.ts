import { type Api, type ApiCall, numberParam } from './api.ts';
import { parseIdList, parseWireDate } from './format.ts';
import type { StoredMessage } from './message-store.ts';

const rowsMin = 20;
const rowsMax = 200;

function waiting({ params, messages }: ApiCall): StoredMessage[] {
  return messages.find({
    from: parseWireDate(params.get('createStartTime') ?? ''),
    to: parseWireDate(params.get('createEndTime') ?? ''),
    type: params.get('type') ?? null,
    memberId: params.get('userInfo') ?? null,
  });
}

/** Envelopes with what replay adds to them; their texts are set in as they were sent, so no id loses a digit. */
function joinRows(rows: readonly StoredMessage[]): string {
  const texts = rows.map(({ text, type }) => {
    const extra = JSON.stringify({ topicGroup: type.split('_')[0], topicName: type });
    return `${text.slice(0, -1)},${extra.slice(1)}`;
  });
  return `[${texts.join(',')}]`;
}

/** A body that is JSON text already. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

function queryMessages(call: ApiCall): unknown {
  const size = numberParam(call.params, 'pageSize', rowsMin, rowsMin, rowsMax);
  const page = numberParam(call.params, 'page', 1, 1, 1_000_000);
  const rows = waiting(call);
  const slice = rows.slice((page - 1) * size, page * size);
  return new JsonText(`{"pushMessagePage":{"datas":${joinRows(slice)},"totalCount":${rows.length}}}`);
}

function readMessages(call: ApiCall): unknown {
  const quantity = numberParam(call.params, 'quantity', rowsMin, rowsMin, rowsMax);
  const rows = waiting(call).slice(0, quantity);
  // What the cursor API hands out counts as confirmed at once.
  for (const { msgId } of rows) call.messages.confirm(msgId);
  return new JsonText(`{"pushMessageList":${joinRows(rows)}}`);
}

function confirmMessages(call: ApiCall): unknown {
  const ids = parseIdList(call.params.get('msgIdList') ?? '');
  for (const id of ids ?? []) call.messages.confirm(Number(id));
  return { isSuccess: ids !== null };
}

/** Reading again what was pushed and not confirmed; signed, but without an access token. */
export const replayApis: readonly Api[] = [
  {
    id: 'cn.alibaba.open:push.query.messageList-1',
    needsToken: false,
    required: [],
    answer: queryMessages,
  },
  {
    id: 'cn.alibaba.open:push.cursor.messageList-1',
    needsToken: false,
    required: [],
    answer: readMessages,
  },
  {
    id: 'cn.alibaba.open:push.message.confirm-1',
    needsToken: false,
    required: ['msgIdList'],
    answer: confirmMessages,
  },
];
