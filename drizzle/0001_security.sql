-- Roles. Cluster-wide, so another database's migration may have made them already, or be making them now.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['shuiwei_app', 'shuiwei_worker'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      begin
        execute format('create role %I nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls', wanted);
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
    -- The owner takes these roles per transaction. Whoever makes a role may not take it by that alone (since
    -- Postgres 16); an owner who may not grant it to itself must have been given it.
    begin
      execute format('grant %I to current_user', wanted);
    exception when insufficient_privilege or duplicate_object or unique_violation then null;
    end;
  end loop;
end
$$;
--> statement-breakpoint
revoke all on all tables in schema public from public;
--> statement-breakpoint
revoke create on schema public from public;
--> statement-breakpoint
grant usage on schema public to shuiwei_app, shuiwei_worker;
--> statement-breakpoint
-- Row-level security on every business table: the second lock, for the owner too.
do $$
declare
  business text;
begin
  foreach business in array array[
    'organization', 'idempotency_key', 'item', 'warehouse', 'listing', 'stock_policy',
    'shop', 'shop_credential', 'sync_state', 'sync_run', 'read_hint', 'push_message', 'quarantined_row',
    'stock_level', 'stock_snapshot', 'stock_rollup_hourly', 'stock_movement',
    'sales_order', 'sales_order_line', 'demand_daily', 'demand_dirty', 'inbound_shipment', 'inbound_shipment_line',
    'alert_rule', 'stock_alert', 'event_head', 'event_log', 'outbox'
  ] loop
    execute format('alter table %I enable row level security', business);
    execute format('alter table %I force row level security', business);
    execute format(
      'create policy organization_only on %I using (organization_id = nullif(current_setting(''app.organization'', true), '''')::uuid) with check (organization_id = nullif(current_setting(''app.organization'', true), '''')::uuid)',
      business
    );
    execute format('grant select on %I to shuiwei_app, shuiwei_worker', business);
  end loop;
end
$$;
--> statement-breakpoint
-- The API: what mutations write. Snapshots and events are append-only, tokens are write-only.
grant insert, update on
  idempotency_key, item, warehouse, listing, stock_policy, shop, shop_credential, read_hint,
  stock_level, stock_rollup_hourly, inbound_shipment, inbound_shipment_line, alert_rule, stock_alert,
  event_head, quarantined_row, sales_order_line, push_message, demand_dirty
to shuiwei_app;
--> statement-breakpoint
grant insert on stock_snapshot, event_log, outbox to shuiwei_app;
--> statement-breakpoint
revoke select on shop_credential from shuiwei_app;
--> statement-breakpoint
-- To raise the version it must be read; the tokens stay unreadable.
grant select (organization_id, shop_id, version) on shop_credential to shuiwei_app;
--> statement-breakpoint
grant delete on idempotency_key to shuiwei_app;
--> statement-breakpoint
-- Workers: what the stages write, and what retention removes.
grant insert, update on
  item, warehouse, listing, shop, shop_credential, sync_state, sync_run, read_hint, push_message,
  quarantined_row, stock_level, stock_rollup_hourly, sales_order, sales_order_line,
  demand_daily, demand_dirty, inbound_shipment, inbound_shipment_line, stock_alert, event_head, outbox
to shuiwei_worker;
--> statement-breakpoint
grant insert on stock_snapshot, stock_movement, event_log to shuiwei_worker;
--> statement-breakpoint
grant delete on
  read_hint, push_message, event_log, outbox, idempotency_key, quarantined_row, sync_run, demand_daily, demand_dirty,
  inbound_shipment_line, stock_rollup_hourly
to shuiwei_worker;
--> statement-breakpoint
-- Coordination tables: no table grants; reached only through the functions below.
revoke all on api_key, shop_lease, call_budget, business_clock from shuiwei_app, shuiwei_worker;
--> statement-breakpoint
create function access_find_key(wanted_prefix text)
returns table (
  key_id uuid, organization_id uuid, name text, secret_sha256 text, scopes text[],
  expires_at timestamptz, revoked_at timestamptz
)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select k.key_id, k.organization_id, k.name, k.secret_sha256, k.scopes, k.expires_at, k.revoked_at
  from public.api_key k where k.prefix = wanted_prefix
$$;
--> statement-breakpoint
create function access_touch_key(touched_key_id uuid)
returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
  update public.api_key set last_used_at = clock_timestamp()
  where key_id = touched_key_id
    and (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute')
$$;
--> statement-breakpoint
-- Organizations that exist, for the stages that visit them one after another.
create function worker_organizations()
returns table (organization_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select distinct l.organization_id from public.shop_lease l
  union
  select distinct k.organization_id from public.api_key k
$$;
--> statement-breakpoint
create function shop_register(
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
    set is_enabled = true, next_due_at = clock_timestamp(), paused_until = null
    where shop_lease.organization_id = new_organization_id
$$;
--> statement-breakpoint
-- Claims the shops that are due: one statement, so that two workers never get the same shop.
create function shop_lease_claim(worker text, claims_max integer, lease_seconds double precision)
returns table (shop_id uuid, organization_id uuid, platform text, member_id text, fence bigint)
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
  update public.shop_lease l
  set lease_until = clock_timestamp() + make_interval(secs => lease_seconds), leased_by = worker, fence = l.fence + 1
  where l.shop_id in (
    select due.shop_id from public.shop_lease due
    where due.is_enabled
      and due.next_due_at <= clock_timestamp()
      and (due.lease_until is null or due.lease_until <= clock_timestamp())
      and (due.paused_until is null or due.paused_until <= clock_timestamp())
    order by due.next_due_at
    limit claims_max
    for update skip locked
  )
  returning l.shop_id, l.organization_id, l.platform, l.member_id, l.fence
$$;
--> statement-breakpoint
-- First statement of a page's transaction: false = the lease went to somebody else, write nothing. A lease that
-- ran out while nobody else wanted it still holds: every claim raises the fence.
-- Holds the row until the commit, so that nobody can take over in between, and extends the lease.
create function shop_lease_hold(held_shop_id uuid, held_fence bigint, lease_seconds double precision)
returns boolean
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
  with held as (
    update public.shop_lease l
    set lease_until = clock_timestamp() + make_interval(secs => lease_seconds)
    where l.shop_id = held_shop_id and l.fence = held_fence and l.lease_until is not null
    returning 1
  )
  select exists (select from held)
$$;
--> statement-breakpoint
create function shop_lease_release(
  released_shop_id uuid, released_fence bigint, due_in_seconds double precision, keep_enabled boolean
)
returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
  update public.shop_lease l
  set lease_until = null, leased_by = null, is_enabled = keep_enabled,
      next_due_at = clock_timestamp() + make_interval(secs => due_in_seconds)
  where l.shop_id = released_shop_id and l.fence = released_fence
$$;
--> statement-breakpoint
-- "Sync now" and push hints: due at once. A running poll stays with its worker.
create function shop_lease_wake(woken_shop_id uuid, woken_organization_id uuid)
returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
  update public.shop_lease l set next_due_at = least(l.next_due_at, clock_timestamp())
  where l.shop_id = woken_shop_id and l.organization_id = woken_organization_id
    and woken_organization_id = nullif(current_setting('app.organization', true), '')::uuid
$$;
--> statement-breakpoint
create function shop_lease_pause(paused_shop_id uuid, pause_seconds double precision)
returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
  update public.shop_lease l
  set paused_until = greatest(l.paused_until, clock_timestamp() + make_interval(secs => pause_seconds))
  where l.shop_id = paused_shop_id
$$;
--> statement-breakpoint
create function push_route_find(wanted_platform text, wanted_member_id text)
returns table (organization_id uuid, shop_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select l.organization_id, l.shop_id from public.shop_lease l
  where l.platform = wanted_platform and l.member_id = wanted_member_id
$$;
--> statement-breakpoint
-- Takes one call from every one of several token buckets, or from none of them (an app's and a shop's).
-- Answers 0 when taken, else how many milliseconds to wait.
create function call_budget_take(taken_keys text[], per_second double precision[], burst double precision[])
returns double precision
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
  moment timestamptz;
  wait double precision;
begin
  insert into public.call_budget as b (budget_key, tokens, updated_at)
  select given.budget_key, given.burst, clock_timestamp()
  from unnest(taken_keys, burst) as given(budget_key, burst)
  where not exists (select from public.call_budget known where known.budget_key = given.budget_key)
  order by given.budget_key
  on conflict (budget_key) do nothing;
  perform from public.call_budget b where b.budget_key = any (taken_keys) order by b.budget_key for update;
  moment := clock_timestamp();
  select max(ceil(greatest(
    extract(epoch from b.paused_until - moment) * 1000,
    (1 - least(given.burst, b.tokens + greatest(0, extract(epoch from moment - b.updated_at)) * given.per_second))
      / given.per_second * 1000
  )))
  into wait
  from public.call_budget b
  join unnest(taken_keys, per_second, burst) as given(budget_key, per_second, burst) using (budget_key);
  if wait > 0 then
    return wait;
  end if;
  update public.call_budget b
  set tokens = least(given.burst, b.tokens + greatest(0, extract(epoch from moment - b.updated_at)) * given.per_second) - 1,
      updated_at = moment
  from unnest(taken_keys, per_second, burst) as given(budget_key, per_second, burst)
  where b.budget_key = given.budget_key;
  return 0;
end
$$;
--> statement-breakpoint
create function call_budget_pause(paused_key text, pause_seconds double precision)
returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
  insert into public.call_budget as b (budget_key, tokens, updated_at, paused_until)
  values (paused_key, 0, clock_timestamp(), clock_timestamp() + make_interval(secs => pause_seconds))
  on conflict (budget_key) do update
  set paused_until = greatest(b.paused_until, excluded.paused_until)
$$;
--> statement-breakpoint
-- Makes the partition of the month in which a day lies, if it is missing.
create function stock_snapshot_ensure_partition(day date)
returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
  month_start date := date_trunc('month', day)::date;
  partition_name text := 'stock_snapshot_y' || to_char(month_start, 'YYYY') || 'm' || to_char(month_start, 'MM');
begin
  if to_regclass('public.' || partition_name) is not null then
    return false;
  end if;
  if month_start < date '2000-01-01' or month_start > date '2100-01-01' then
    raise exception 'no partition for %: outside 2000 to 2100', day using errcode = '22008';
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
-- Drops the partitions whose month ended before a day; answers how many.
create function stock_snapshot_drop_partitions(before_day date)
returns integer
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
  old record;
  dropped integer := 0;
begin
  for old in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'public.stock_snapshot'::regclass
      and c.relname ~ '^stock_snapshot_y\d{4}m\d{2}$'
      and to_date(substr(c.relname, 17), 'YYYY"m"MM') + interval '1 month' <= before_day
  loop
    execute format('drop table public.%I', old.relname);
    dropped := dropped + 1;
  end loop;
  return dropped;
end
$$;
--> statement-breakpoint
create function business_clock_read()
returns table (anchor_at timestamptz, anchored_at timestamptz, speed double precision, last_seen_at timestamptz, database_at timestamptz)
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
  select c.anchor_at, c.anchored_at, c.speed, c.last_seen_at, clock_timestamp() from public.business_clock c
$$;
--> statement-breakpoint
create function business_clock_seen()
returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
  update public.business_clock c
  set last_seen_at = greatest(c.last_seen_at, c.anchor_at + (clock_timestamp() - c.anchored_at) * c.speed)
$$;
--> statement-breakpoint
revoke execute on all functions in schema public from public;
--> statement-breakpoint
grant execute on function
  access_find_key(text), access_touch_key(uuid), shop_register(uuid, uuid, text, text),
  shop_lease_wake(uuid, uuid), push_route_find(text, text), stock_snapshot_ensure_partition(date),
  business_clock_read()
to shuiwei_app;
--> statement-breakpoint
grant execute on function
  worker_organizations(), shop_lease_claim(text, integer, double precision),
  shop_lease_hold(uuid, bigint, double precision),
  shop_lease_release(uuid, bigint, double precision, boolean), shop_lease_wake(uuid, uuid),
  shop_lease_pause(uuid, double precision), push_route_find(text, text),
  call_budget_take(text[], double precision[], double precision[]),
  call_budget_pause(text, double precision), stock_snapshot_ensure_partition(date),
  stock_snapshot_drop_partitions(date), business_clock_read(), business_clock_seen()
to shuiwei_worker;
