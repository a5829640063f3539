import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a robot got and how it answered. */
interface SeenMessage {
  readonly robot: 'dingtalk' | 'wecom' | 'feishu' | 'sms' | 'webhook';
  readonly atMs: number;
  readonly bytes: number;
  readonly body: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** `0` or `OK` = taken; else the code in the answer's body. */
  readonly code: string;
}

/** The real limits; shorter windows make a test shorter, never gentler. */
export interface RobotLimits {
  readonly minuteMs: number;
  readonly secondMs: number;
  /** DingTalk takes nothing for so long after too many. */
  readonly blockMs: number;
}

export interface RobotServer {
  readonly url: string;
  readonly seen: SeenMessage[];
  taken(robot: SeenMessage['robot']): SeenMessage[];
  refused(): SeenMessage[];
  /** Called with each message before it is answered. */
  onMessage: (message: SeenMessage) => void | Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What the doubles know: their tokens and secrets. */
export const robotSecrets = {
  dingtalkToken: 'ding-token-0123456789',
  dingtalkSecret: 'SECding0123456789',
  wecomKey: 'wecom-key-0123456789',
  feishuToken: 'feishu-token-0123456789',
  feishuSecret: 'feishu-secret-0123456789',
  smsKeyId: 'LTAItest0123456789',
  smsKeySecret: 'smsSecret0123456789',
  webhookSecret: 'webhook-secret-0123456789',
};

const hourMs = 3_600_000;

/**
 * A server that is as strict as the real robots: signatures and their age, bytes of the body or the content, messages
 * a minute and a second, and whose refusals are codes in HTTP 200 answers.
 */
export async function startRobotServer(limits: Partial<RobotLimits> = {}): Promise<RobotServer> {
  const { minuteMs, secondMs, blockMs } = { minuteMs: 60_000, secondMs: 1_000, blockMs: 600_000, ...limits };
  const seen: SeenMessage[] = [];
  const state: { onMessage: RobotServer['onMessage']; dingBlockedUntil: number } = {
    onMessage: () => {},
    dingBlockedUntil: 0,
  };
  const countSince = (robot: string, sinceMs: number) =>
    seen.filter((one) => one.robot === robot && isTaken(one) && one.atMs > sinceMs).length;

  const judge: Record<
    SeenMessage['robot'],
    (message: Omit<SeenMessage, 'code'>) => [code: string, words: string]
  > = {
    dingtalk({ atMs, bytes, body, query }) {
      if (query.get('access_token') !== robotSecrets.dingtalkToken) return ['300005', 'token is not exist'];
      const timestamp = Number(query.get('timestamp'));
      const sign = createHmac('sha256', robotSecrets.dingtalkSecret)
        .update(`${timestamp}\n${robotSecrets.dingtalkSecret}`)
        .digest('base64');
      if (query.get('sign') !== sign) return ['310000', `sign not match ${robotSecrets.dingtalkToken}`];
      if (Math.abs(atMs - timestamp) > hourMs) return ['310000', 'invalid timestamp'];
      if (bytes > 20_000) return ['460101', 'message too long'];
      if (atMs < state.dingBlockedUntil) return ['130101', 'send too fast, exceed 20 times per minute'];
      if (countSince('dingtalk', atMs - minuteMs) >= 20) {
        state.dingBlockedUntil = atMs + blockMs;
        return ['130101', 'send too fast, exceed 20 times per minute'];
      }
      const parsed = JSON.parse(body);
      const mentions: string[] = parsed.at?.atMobiles ?? [];
      if (parsed.msgtype !== 'markdown' || typeof parsed.markdown?.title !== 'string')
        return ['40035', 'bad'];
      if (!mentions.every((mobile) => parsed.markdown.text.includes(`@${mobile}`))) return ['40035', 'at'];
      return ['0', 'ok'];
    },
    wecom({ atMs, body, query }) {
      if (query.get('key') !== robotSecrets.wecomKey) return ['93000', 'invalid webhook url'];
      const parsed = JSON.parse(body);
      const content: string = parsed.markdown?.content ?? parsed.text?.content ?? '';
      const max = parsed.msgtype === 'markdown' ? 4_096 : 2_048;
      if (content === '') return ['44004', 'empty content'];
      if (Buffer.byteLength(content) > max) return ['40058', `exceed max length ${max}`];
      if (countSince('wecom', atMs - minuteMs) >= 20) return ['45009', 'api freq out of limit'];
      return ['0', 'ok'];
    },
    feishu({ atMs, bytes, body }) {
      const parsed = JSON.parse(body);
      const sign = createHmac('sha256', `${parsed.timestamp}\n${robotSecrets.feishuSecret}`).digest('base64');
      const isOld = Math.abs(atMs - Number(parsed.timestamp) * 1_000) > hourMs;
      if (parsed.sign !== sign || isOld)
        return ['19021', 'sign match fail or timestamp is not within one hour'];
      if (bytes > 20 * 1024) return ['9499', 'Bad Request'];
      const isTooMuch =
        countSince('feishu', atMs - minuteMs) >= 100 || countSince('feishu', atMs - secondMs) >= 5;
      if (isTooMuch) return ['11232', 'frequency limited psm'];
      return parsed.msg_type === 'post' ? ['0', 'success'] : ['9499', 'Bad Request'];
    },
    sms({ query, headers }) {
      if (!isSignedAcs3(query, headers))
        return ['SignatureDoesNotMatch', 'Specified signature is not matched'];
      if (query.get('SignName') !== '水位') return ['isv.SMS_SIGNATURE_ILLEGAL', '短信签名不合法'];
      if (query.get('TemplateCode') !== 'SMS_123456') return ['isv.SMS_TEMPLATE_ILLEGAL', '短信模板不合法'];
      if (!/^1\d{10}$/.test(query.get('PhoneNumbers') ?? ''))
        return ['isv.MOBILE_NUMBER_ILLEGAL', '非法手机号'];
      const values: string[] = Object.values(JSON.parse(query.get('TemplateParam') ?? '{}'));
      if (values.some((value) => value.length > 35 || /https?:|[【】]/.test(value))) {
        return ['isv.PARAM_LENGTH_LIMIT', '参数超出长度限制'];
      }
      return ['OK', 'OK'];
    },
    webhook({ body, headers }) {
      const id = headers['webhook-id'];
      const timestamp = headers['webhook-timestamp'];
      const sign = createHmac('sha256', robotSecrets.webhookSecret).update(`${id}.${timestamp}.${body}`);
      return headers['webhook-signature'] === `v1,${sign.digest('base64')}`
        ? ['0', 'ok']
        : ['401', 'signature'];
    },
  };

  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const url = new URL(request.url ?? '/', 'http://robots');
      const robot = robotOf(url.pathname);
      if (robot === null) return response.writeHead(404).end('{}');
      const message = {
        robot,
        atMs: Date.now(),
        bytes: Buffer.byteLength(body),
        body,
        query: url.searchParams,
        headers: request.headers,
      };
      if (robot === 'feishu' && !url.pathname.endsWith(`/${robotSecrets.feishuToken}`)) {
        return response.end('{"code":19001,"msg":"param invalid: incoming webhook access token invalid"}');
      }
      const [code, words] = judge[robot](message);
      const judged = { ...message, code };
      seen.push(judged);
      await state.onMessage(judged);
      if (robot === 'webhook') return response.writeHead(code === '0' ? 204 : Number(code)).end();
      if (robot === 'sms') {
        return response
          .writeHead(code === 'OK' ? 200 : 400, { 'content-type': 'application/json' })
          .end(JSON.stringify({ Code: code, Message: words, BizId: '1', RequestId: 'R' }));
      }
      const answer =
        robot === 'feishu' ? { code: Number(code), msg: words } : { errcode: Number(code), errmsg: words };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    taken: (robot) => seen.filter((one) => one.robot === robot && isTaken(one)),
    refused: () => seen.filter((one) => !isTaken(one)),
    get onMessage() {
      return state.onMessage;
    },
    set onMessage(listener) {
      state.onMessage = listener;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What somebody enters to reach a double. */
export function robotSettings(server: RobotServer) {
  return {
    DINGTALK: {
      webhookUrl: `${server.url}/dingtalk?access_token=${robotSecrets.dingtalkToken}`,
      signSecret: robotSecrets.dingtalkSecret,
    },
    WECOM: { webhookUrl: `${server.url}/wecom?key=${robotSecrets.wecomKey}` },
    FEISHU: {
      webhookUrl: `${server.url}/feishu/hook/${robotSecrets.feishuToken}`,
      signSecret: robotSecrets.feishuSecret,
    },
    WEBHOOK: { url: `${server.url}/webhook`, signSecret: robotSecrets.webhookSecret },
    SMS: {
      accessKeyId: robotSecrets.smsKeyId,
      accessKeySecret: robotSecrets.smsKeySecret,
      signName: '水位',
      templateCode: 'SMS_123456',
    },
  };
}

function robotOf(path: string): SeenMessage['robot'] | null {
  const name = path.split('/')[1];
  return name === 'dingtalk' || name === 'wecom' || name === 'feishu' || name === 'sms' || name === 'webhook'
    ? name
    : null;
}

function isTaken({ code }: SeenMessage): boolean {
  return code === '0' || code === 'OK';
}

/** Checks the signature from the request alone, by the published steps. */
function isSignedAcs3(query: URLSearchParams, headers: IncomingMessage['headers']): boolean {
  const match = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
    headers.authorization ?? '',
  );
  if (match === null || match[1] !== robotSecrets.smsKeyId) return false;
  const encode = (value: string) =>
    encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const names = (match[2] ?? '').split(';');
  const canonical = [
    'POST',
    '/',
    [...query]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .join('&'),
    names.map((name) => `${name}:${headers[name]}\n`).join(''),
    names.join(';'),
    headers['x-acs-content-sha256'],
  ].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const expected = createHmac('sha256', robotSecrets.smsKeySecret)
    .update(`ACS3-HMAC-SHA256\n${hash}`)
    .digest('hex');
  const isFresh = Math.abs(Date.now() - Date.parse(String(headers['x-acs-date']))) < 900_000;
  return expected === match[3] && isFresh && headers['x-acs-action'] === 'SendSms';
}
