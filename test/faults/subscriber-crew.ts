import { WebSocket } from 'ws';

/** What the crew is told: where, how many, which of them stop reading; then to go on, or to report. */
export type CrewOrder =
  | { kind: 'subscribe'; url: string; count: number; pausedCount: number; eventCount: number }
  | { kind: 'resume' };

/** What the crew says. */
export type CrewReport =
  | { kind: 'ready' }
  /** Delays of everybody who reads, sorted, ms; and how many of them got every event once and in order. */
  | { kind: 'heard'; delaysMs: number[]; completeCount: number }
  /** How many of the paused got every event once they read again, and how many had to connect anew. */
  | { kind: 'resumed'; completeCount: number; reconnectedCount: number };

const document = /* GraphQL */ `
  subscription Storm($after: String) {
    stockAlertChanged(after: $after) {
      cursor occurredAt reason state severity threshold alert { kind item { sku } warehouse { code } }
    }
  }
`;

interface Member {
  socket: WebSocket;
  readonly seen: Set<string>;
  cursor: string | null;
  isClosed: boolean;
}

const members: Member[] = [];
const pausedMembers: Member[] = [];
const delaysMs: number[] = [];
let settings: Extract<CrewOrder, { kind: 'subscribe' }>;

const say = (report: CrewReport) => process.send?.(report);

/** Opens a socket and subscribes from where it stood, at first from the beginning. */
function connect(member: Member, isTimed: boolean): Promise<void> {
  const socket = new WebSocket(settings.url, 'graphql-transport-ws');
  member.socket = socket;
  member.isClosed = false;
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', () => {
      member.isClosed = true;
    });
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.type === 'connection_ack') {
        const variables = { after: member.cursor ?? 'begin' };
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: document, variables } }));
        // Answered when the server has looked at the subscription; whatever came in between comes from the log.
        socket.send(JSON.stringify({ id: '2', type: 'subscribe', payload: { query: '{ __typename }' } }));
      }
      if (message.id === '2' && message.type === 'complete') resolve();
      if (message.type === 'ping') socket.send(JSON.stringify({ type: 'pong' }));
      const event = message.id === '1' ? message.payload?.data?.stockAlertChanged : undefined;
      if (event === undefined) return;
      if (isTimed) delaysMs.push(Date.now() - Date.parse(event.occurredAt));
      member.seen.add(event.cursor);
      member.cursor = event.cursor;
    });
  });
}

async function until(isSo: () => boolean, withinMs: number): Promise<void> {
  for (const deadline = performance.now() + withinMs; !isSo() && performance.now() < deadline; ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function subscribe(order: Extract<CrewOrder, { kind: 'subscribe' }>): Promise<void> {
  settings = order;
  const make = async (into: Member[], isTimed: boolean) => {
    const member = { seen: new Set<string>(), cursor: null, isClosed: false } as unknown as Member;
    into.push(member);
    await connect(member, isTimed);
  };
  for (let opened = 0; opened < order.count; opened += 50) {
    const wave = Math.min(50, order.count - opened);
    await Promise.all(Array.from({ length: wave }, () => make(members, true)));
  }
  await Promise.all(Array.from({ length: order.pausedCount }, () => make(pausedMembers, false)));
  for (const { socket } of pausedMembers) socket.pause();
  say({ kind: 'ready' });
  await until(() => members.every(({ seen }) => seen.size >= order.eventCount), 120_000);
  const completeCount = members.filter(({ seen }) => seen.size === order.eventCount).length;
  say({ kind: 'heard', delaysMs: delaysMs.sort((one, other) => one - other), completeCount });
}

async function resume(): Promise<void> {
  let reconnectedCount = 0;
  for (const member of pausedMembers) member.socket.resume();
  const isComplete = () => pausedMembers.every(({ seen }) => seen.size >= settings.eventCount);
  for (const deadline = performance.now() + 60_000; !isComplete() && performance.now() < deadline; ) {
    await until(isComplete, 500);
    for (const member of pausedMembers) {
      if (!member.isClosed || member.cursor === null || member.seen.size >= settings.eventCount) continue;
      reconnectedCount += 1;
      await connect(member, false);
    }
  }
  const completeCount = pausedMembers.filter(({ seen }) => seen.size === settings.eventCount).length;
  say({ kind: 'resumed', completeCount, reconnectedCount });
}

process.on('message', (order: CrewOrder) => {
  (order.kind === 'subscribe' ? subscribe(order) : resume()).catch((error) => {
    console.error(error);
    process.exit(1);
  });
});
