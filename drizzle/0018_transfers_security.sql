-- Row-level security, as on every business table.
do $$
declare
  business text;
begin
  foreach business in array array['transfer_lane', 'transfer_suggestion', 'transfer_version'] loop
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
-- The API: lanes, and decisions.
grant insert, update, delete on transfer_lane to shuiwei_app;
--> statement-breakpoint
grant update on transfer_suggestion to shuiwei_app;
--> statement-breakpoint
grant insert on transfer_version to shuiwei_app;
--> statement-breakpoint
-- Workers: everything that is computed, the removal of what is old, and the lanes that a demo begins with.
grant insert, update, delete on transfer_suggestion to shuiwei_worker;
--> statement-breakpoint
grant insert, delete on transfer_version to shuiwei_worker;
--> statement-breakpoint
grant insert on transfer_lane to shuiwei_worker;
