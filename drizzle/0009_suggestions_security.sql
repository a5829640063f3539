-- Row-level security, as on every business table.
do $$
declare
  business text;
begin
  foreach business in array array[
    'suggestion_due', 'replenishment_suggestion', 'replenishment_version', 'guard_reading', 'suggestion_progress'
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
-- The API: decisions, the release of what was held, and the wish to have suggestions decided anew.
grant insert, update on suggestion_due to shuiwei_app;
--> statement-breakpoint
grant update on replenishment_suggestion, guard_reading, suggestion_progress to shuiwei_app;
--> statement-breakpoint
grant insert on replenishment_version to shuiwei_app;
--> statement-breakpoint
-- Workers: everything that is computed, and the removal of what is old.
grant insert, update, delete on suggestion_due, guard_reading, suggestion_progress, replenishment_suggestion to shuiwei_worker;
--> statement-breakpoint
grant insert, delete on replenishment_version to shuiwei_worker;
