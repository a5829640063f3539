-- Connecting a shop again takes it from whoever polls it: the fence rises, so what was read with the old tokens is
-- not written any more, and nobody is waited for.
create or replace function shop_register(
  new_shop_id uuid, new_organization_id uuid, new_platform text, new_member_id text
)
returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
  -- Only for the organization that the transaction works for.
  insert into public.shop_lease (shop_id, organization_id, platform, member_id, next_due_at)
  select new_shop_id, new_organization_id, new_platform, new_member_id, clock_timestamp()
  where new_organization_id = nullif(current_setting('app.organization', true), '')::uuid
  on conflict (shop_id) do update
    set is_enabled = true, next_due_at = clock_timestamp(), fence = shop_lease.fence + 1,
        lease_until = null, leased_by = null, woken_at = null
    where shop_lease.organization_id = new_organization_id
$$;
--> statement-breakpoint
-- Claims the shops that are due: one statement, so that two workers never get the same shop. Who asked until now is
-- answered by this poll.
create or replace function shop_lease_claim(worker text, claims_max integer, lease_seconds double precision)
returns table (shop_id uuid, organization_id uuid, platform text, member_id text, fence bigint)
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
  update public.shop_lease l
  set lease_until = clock_timestamp() + make_interval(secs => lease_seconds), leased_by = worker, fence = l.fence + 1,
      woken_at = null
  where l.shop_id in (
    select due.shop_id from public.shop_lease due
    where due.is_enabled
      and due.next_due_at <= clock_timestamp()
      and (due.lease_until is null or due.lease_until <= clock_timestamp())
    order by due.next_due_at
    limit claims_max
    for update skip locked
  )
  returning l.shop_id, l.organization_id, l.platform, l.member_id, l.fence
$$;
--> statement-breakpoint
-- A poll that is about to look for hints for the last time: who asks from now on is not heard by it.
create function shop_lease_heard(heard_shop_id uuid, heard_fence bigint)
returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
  update public.shop_lease l set woken_at = null
  where l.shop_id = heard_shop_id and l.fence = heard_fence and l.woken_at is not null
$$;
--> statement-breakpoint
-- Gives a shop back: due later, but at once when somebody asked for it after the poll had stopped listening.
create or replace function shop_lease_release(
  released_shop_id uuid, released_fence bigint, due_in_seconds double precision, keep_enabled boolean
)
returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
  update public.shop_lease l
  set lease_until = null, leased_by = null, is_enabled = keep_enabled,
      next_due_at = clock_timestamp()
        + case when l.woken_at is null then make_interval(secs => due_in_seconds) else interval '0' end
  where l.shop_id = released_shop_id and l.fence = released_fence
$$;
--> statement-breakpoint
-- "Sync now" and push hints: due at once. A running poll stays with its worker, who is told when it gives the shop back.
create or replace function shop_lease_wake(woken_shop_id uuid, woken_organization_id uuid)
returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
  update public.shop_lease l
  set next_due_at = least(l.next_due_at, clock_timestamp()), woken_at = clock_timestamp()
  where l.shop_id = woken_shop_id and l.organization_id = woken_organization_id
    and woken_organization_id = nullif(current_setting('app.organization', true), '')::uuid
$$;
--> statement-breakpoint
drop function shop_lease_pause(uuid, double precision);
--> statement-breakpoint
-- Makes the partition of the month in which a day lies, if it is missing. Not further than ten years from business
-- time: snapshots are kept for no longer, and nobody shall be able to make a partition for every month there is.
create or replace function stock_snapshot_ensure_partition(day date)
returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
  month_start date := date_trunc('month', day)::date;
  partition_name text := 'stock_snapshot_y' || to_char(month_start, 'YYYY') || 'm' || to_char(month_start, 'MM');
  business_day date;
begin
  if to_regclass('public.' || partition_name) is not null then
    return false;
  end if;
  select (c.anchor_at + (clock_timestamp() - c.anchored_at) * c.speed)::date into business_day
  from public.business_clock c;
  if month_start < date '2000-01-01' or month_start > date '2100-01-01'
    or month_start < business_day - interval '121 months' or month_start > business_day + interval '120 months'
  then
    raise exception 'no partition for %: too far from business time', day using errcode = '22008';
  end if;
  perform pg_advisory_xact_lock(hashtext('stock_snapshot_partition'));
  -- Read from the table itself: what to_regclass remembers from before the wait may be out of date.
  if exists (
    select from pg_catalog.pg_class c
    where c.relname = partition_name and c.relnamespace = 'public'::regnamespace
  ) then
    return false;
  end if;
  -- Made alone and attached: CREATE … PARTITION OF would lock out every reader and writer of the whole table.
  execute format('create table public.%I (like public.stock_snapshot including defaults including constraints)', partition_name);
  execute format('alter table public.%I enable row level security', partition_name);
  execute format('alter table public.%I force row level security', partition_name);
  execute format('revoke all on public.%I from public, shuiwei_app, shuiwei_worker', partition_name);
  execute format(
    'alter table public.stock_snapshot attach partition public.%I for values from (%L) to (%L)',
    partition_name,
    month_start::timestamp at time zone 'UTC',
    (month_start + interval '1 month')::timestamp at time zone 'UTC'
  );
  return true;
end
$$;
--> statement-breakpoint
revoke execute on function shop_lease_heard(uuid, bigint) from public;
--> statement-breakpoint
grant execute on function shop_lease_heard(uuid, bigint) to shuiwei_worker;
