import type { Read } from './keyset.ts';

/** How a channel did over a span of business time. Latencies in seconds, null when nothing was sent. */
export interface ChannelStatistics {
  sentCount: number;
  failedCount: number;
  queuedCount: number;
  digestCount: number;
  budgetDigestCount: number;
  noticeCount: number;
  attemptCount: number;
  throttledCount: number;
  /** Calls in the busiest minute of real time. */
  busiestMinuteCount: number;
  latencyP50Seconds: number | null;
  latencyP99Seconds: number | null;
}

/** How channels did with the messages queued in a span; one statement for all, in the order of the ids. */
export function readChannelStatistics(
  channelIds: readonly string[],
  from: Date,
  to: Date,
): Read<ChannelStatistics[]> {
  return {
    build: ({ sql }) => sql`
      with delivery as materialized (
        select wanted.position, d.*, extract(epoch from d.finished_at - d.changed_at)::double precision as latency
        from unnest(${[...channelIds]}::text[]::uuid[]) with ordinality as wanted(channel_id, position)
        left join notification_delivery d on d.channel_id = wanted.channel_id and d.kind = 'ALERTS'
          and d.queued_at >= ${from} and d.queued_at < ${to}
      ), minute as (
        select d.position, date_trunc('minute', (e ->> 'at')::timestamptz) as minute, count(*) as calls,
               count(*) filter (where e ->> 'outcome' = 'WAIT') as throttled
        from delivery d cross join lateral jsonb_array_elements(d.attempt_log) e
        where e ->> 'outcome' <> 'RESENT' group by 1, 2
      ), call as (
        select position, sum(calls) as calls, sum(throttled) as throttled, max(calls) as busiest
        from minute group by position
      )
      select count(*) filter (where d.state = 'SENT')::int as "sentCount",
             count(*) filter (where d.state = 'FAILED')::int as "failedCount",
             count(*) filter (where d.state = 'QUEUED')::int as "queuedCount",
             count(*) filter (where d.digest <> 'NONE')::int as "digestCount",
             count(*) filter (where d.digest = 'BUDGET')::int as "budgetDigestCount",
             coalesce(sum(d.notice_count), 0)::int as "noticeCount",
             coalesce(max(c.calls), 0)::int as "attemptCount",
             coalesce(max(c.throttled), 0)::int as "throttledCount",
             coalesce(max(c.busiest), 0)::int as "busiestMinuteCount",
             percentile_cont(0.5) within group (order by d.latency) filter (where d.state = 'SENT')
               as "latencyP50Seconds",
             percentile_cont(0.99) within group (order by d.latency) filter (where d.state = 'SENT')
               as "latencyP99Seconds"
      from delivery d left join call c on c.position = d.position
      group by d.position order by d.position`,
    parse: (rows) => rows as unknown as ChannelStatistics[],
  };
}
