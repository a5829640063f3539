import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { signAcs3, summarize } from '../../../src/connectors/aliyun-sms.ts';
import type { Channels, OwnRates } from '../../../src/connectors/channel.ts';
import { toChatBody } from '../../../src/connectors/chat-body.ts';
import { type RobotServer, robotSecrets, startRobotServer } from '../../support/robot-server.ts';
import { buyer, failureOf, forever, lenientChannels, message, owner, robotTarget } from './rig.ts';

let robots: RobotServer;
let channels: Channels;
beforeAll(async () => {
  robots = await startRobotServer();
  channels = lenientChannels(robots);
});
afterEach(() => {
  robots.seen.length = 0;
});
afterAll(async () => {
  await channels.close();
  await robots[Symbol.asyncDispose]();
});

const kinds = ['DINGTALK', 'WECOM', 'FEISHU', 'SMS', 'WEBHOOK'] as const;

describe.each(kinds)('%s', (kind) => {
  it('sends a message that the provider takes, the same bytes each time', async () => {
    const target = robotTarget(channels, robots, kind, {}, [buyer]);
    await channels.deliver(kind, target, message(), forever);
    await channels.deliver(kind, target, message(), forever);
    const [first, second] = robots.seen;
    expect(robots.refused()).toEqual([]);
    expect(robots.seen).toHaveLength(2);
    if (kind !== 'FEISHU') expect(second?.body).toBe(first?.body);
  });

  it('reports a wrong secret, without any secret in the report', async () => {
    const wrong = {
      DINGTALK: { signSecret: 'SECwrong-secret' },
      WECOM: { webhookUrl: `${robots.url}/wecom?key=wrong-wecom-key` },
      FEISHU: { signSecret: 'wrong-feishu-secret' },
      SMS: { accessKeySecret: 'wrong-sms-secret' },
      WEBHOOK: { signSecret: 'wrong-webhook-secret' },
    }[kind];
    const failure = await failureOf(
      channels.deliver(kind, robotTarget(channels, robots, kind, wrong, [buyer]), message(), forever),
    );
    expect(failure.code).toBe('permanent');
    expect(failure.params.provider).toMatch(/^(310000|93000|19021|SignatureDoesNotMatch|HTTP 401)$/);
    for (const secret of [...Object.values(robotSecrets), ...Object.values(wrong)]) {
      expect(failure.message).not.toContain(secret);
    }
  });
});

describe('DingTalk', () => {
  it('mentions in the text and beside it, and lets no name of goods mention anybody', async () => {
    await channels.deliver(
      'DINGTALK',
      robotTarget(channels, robots, 'DINGTALK', {}, [buyer, owner]),
      message(),
      forever,
    );
    const body = JSON.parse(robots.taken('dingtalk')[0]?.body ?? '');
    expect(body.at).toEqual({ atMobiles: ['13800138000'], atUserIds: ['boss-1'], isAtAll: false });
    expect(body.markdown.text).toContain('青瓷＜茶杯＞ ＠all');
    expect(body.markdown.text).toMatch(/@13800138000 @boss-1$/);
  });

  it('reads refusals from HTTP 200: too fast is a pause of ten minutes, an unknown token is gone', async () => {
    const target = robotTarget(channels, robots, 'DINGTALK');
    for (let sent = 0; sent < 20; sent += 1) await channels.deliver('DINGTALK', target, message(), forever);
    const failure = await failureOf(channels.deliver('DINGTALK', target, message(), forever));
    expect(failure).toMatchObject({ code: 'throttled', retryAfterMs: 600_000 });
    const unknown = { webhookUrl: `${robots.url}/dingtalk?access_token=nobodys-token` };
    const gone = await failureOf(
      channels.deliver('DINGTALK', robotTarget(channels, robots, 'DINGTALK', unknown), message(), forever),
    );
    expect(gone).toMatchObject({ code: 'permanent', params: { provider: '300005', reason: 'gone' } });
  });
});

describe('links', () => {
  it('lead people of the shop to the alert or the board, and nobody else anywhere', () => {
    const dashboardUrl = 'https://stock.example.com';
    const [line] = message().alerts;
    const linkOf = (changes: object) => toChatBody(message({ dashboardUrl, ...changes })).link?.url;
    expect(linkOf({})).toBe('https://stock.example.com/items/A-1');
    const order = { quantity: '120', byOn: null };
    expect(linkOf({ alerts: [{ ...line!, order }] })).toBe('https://stock.example.com/suggestions?sku=A-1');
    expect(linkOf({ alerts: [line!, line!] })).toBe('https://stock.example.com/alerts');
    expect(linkOf({ kind: 'SALES_POLICIES', alerts: [] })).toBeUndefined();
    expect(linkOf({ dashboardUrl: null })).toBeUndefined();
  });
});

describe('rates', () => {
  const none: OwnRates = { perMinuteMax: null, perSecondMax: null, perDayMax: null };
  /** What buckets let through within their windows, by the end of their keys. */
  const limitsOf = (kind: 'FEISHU' | 'SMS' | 'WECOM', own: Partial<OwnRates>) => {
    const windows: Record<string, number> = { minute: 60, second: 1 };
    const target = robotTarget(channels, robots, kind, {}, [buyer]);
    return channels.rates(kind, target, { ...none, ...own }).map(({ key, burst, perSecond }) => {
      const name = key.split(':')[3] ?? '';
      return [name, Math.floor(burst + perSecond * (windows[name] ?? 86_400))];
    });
  };

  it('stay below the platform’s limits, or those that are set', () => {
    expect(limitsOf('WECOM', {})).toEqual([['minute', 18]]);
    expect(limitsOf('FEISHU', {})).toEqual([
      ['minute', 90],
      ['second', 4],
    ]);
    expect(limitsOf('FEISHU', { perMinuteMax: 50, perSecondMax: 2 })).toEqual([
      ['minute', 45],
      ['second', 1],
    ]);
    expect(limitsOf('SMS', {})).toEqual([
      ['minute', 270],
      ['day', 45],
    ]);
    expect(limitsOf('SMS', { perDayMax: 10 })).toEqual([
      ['minute', 270],
      ['day', 10],
    ]);
  });

  it('are those of an address, whoever writes there, and name no secret', () => {
    const keys = (kind: 'WECOM' | 'SMS', recipients = [buyer]) =>
      channels.rates(kind, robotTarget(channels, robots, kind, {}, recipients), none).map(({ key }) => key);
    expect(keys('WECOM')).toEqual(keys('WECOM', [owner]));
    expect(keys('SMS')[1]).not.toBe(keys('SMS', [{ ...buyer, address: '13900139000' }])[1]);
    for (const secret of [...Object.values(robotSecrets), '13800138000']) {
      expect(JSON.stringify([keys('WECOM'), keys('SMS')])).not.toContain(secret);
    }
  });
});

describe('WeCom', () => {
  it('mentions by user id in markdown, by mobile number in a text within 2,048 bytes', async () => {
    const long = message({ texts: Array.from({ length: 60 }, () => message().texts[0] ?? '') });
    await channels.deliver('WECOM', robotTarget(channels, robots, 'WECOM', {}, [owner]), message(), forever);
    await channels.deliver('WECOM', robotTarget(channels, robots, 'WECOM', {}, [buyer]), long, forever);
    const [markdown, text] = robots.taken('wecom').map((one) => JSON.parse(one.body));
    expect(markdown.markdown.content).toContain('<@boss-1>');
    expect(markdown.markdown.content).toContain('青瓷＜茶杯＞ ＠all');
    expect(text.text.mentioned_mobile_list).toEqual(['13800138000']);
    expect(Buffer.byteLength(text.text.content)).toBeLessThanOrEqual(2_048);
  });
});

describe('Feishu', () => {
  it('writes rich text in the language of the channel', async () => {
    const target = robotTarget(channels, robots, 'FEISHU', {}, [owner]);
    await channels.deliver('FEISHU', target, message(), forever);
    await channels.deliver('FEISHU', target, message({ locale: 'en' }), forever);
    const [chinese, english] = robots.taken('feishu').map((one) => JSON.parse(one.body).content.post);
    expect(chinese.zh_cn.title).toBe('水位预警【紧急】低库存：A-1 青瓷<茶杯> @all（义乌仓）');
    expect(chinese.zh_cn.content.at(-1)).toEqual([{ tag: 'at', user_id: 'boss-1' }]);
    expect(Object.keys(english)).toEqual(['en_us']);
  });

  it('a sixth message within a second is throttled', async () => {
    const target = robotTarget(channels, robots, 'FEISHU');
    const failures = await Promise.allSettled(
      Array.from({ length: 12 }, () => channels.deliver('FEISHU', target, message(), forever)),
    );
    const codes = failures.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(codes.length).toBeGreaterThanOrEqual(2);
    expect(new Set(codes)).toEqual(new Set(['throttled']));
  });
});

describe('Aliyun SMS', () => {
  it('signs as the documented example does', () => {
    const { authorization } = signAcs3({
      method: 'POST',
      host: 'ecs.cn-shanghai.aliyuncs.com',
      action: 'RunInstances',
      version: '2014-05-26',
      query: {
        ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd',
        RegionId: 'cn-shanghai',
      },
      body: '',
      accessKeyId: 'YourAccessKeyId',
      accessKeySecret: 'YourAccessKeySecret',
      date: '2023-10-26T10:22:32Z',
      nonce: '3156853299f313e23d1673dc12e1703d',
    });
    expect(authorization).toContain(
      'Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    );
  });

  it('sends template variables that the service takes, and the delivery id', async () => {
    const [line] = message().alerts;
    const alerts = Array.from({ length: 5_000 }, () => line!);
    await channels.deliver(
      'SMS',
      robotTarget(channels, robots, 'SMS', {}, [buyer]),
      message({ alerts }),
      forever,
    );
    const { query } = robots.taken('sms')[0]!;
    expect(query.get('OutId')).toBe(message().deliveryId);
    expect(JSON.parse(query.get('TemplateParam') ?? '')).toEqual({ count: '5000', summary: 'A-1 等5000项' });
  });

  it('leaves links and brackets out of a variable', () => {
    const [line] = message().alerts;
    const alerts = [{ ...line!, sku: '【新】https://evil.example/x 杯' }];
    expect(summarize(message({ alerts }))).toBe('新 杯');
  });

  it('says what to order, as long as there is room', () => {
    const [line] = message().alerts;
    const alert = {
      ...line!,
      kind: 'REORDER_DUE',
      unit: '件',
      order: { quantity: '120', byOn: '2026-03-12' },
    };
    expect(summarize(message({ alerts: [alert] }))).toBe('A-1 应下单 120 件，最迟 3月12日');
    const long = 'X'.repeat(25);
    expect(summarize(message({ alerts: [{ ...alert, sku: long }] }))).toBe(long);
  });
});

describe('webhook', () => {
  it('signs id, timestamp and body, and tells the alerts as data', async () => {
    await channels.deliver('WEBHOOK', robotTarget(channels, robots, 'WEBHOOK'), message(), forever);
    const [seen] = robots.taken('webhook');
    expect(seen?.headers['webhook-id']).toBe(message().deliveryId);
    expect(JSON.parse(seen?.body ?? '')).toMatchObject({
      id: message().deliveryId,
      type: 'stock_alerts.changed',
      data: { severity: 'CRITICAL', alerts: [{ sku: 'A-1', available: '3', threshold: '10' }] },
    });
  });
});
