-- Row-level security, as on every business table.
do $$
declare
  business text;
begin
  foreach business in array array[
    'group_factor', 'level_forecast', 'forecast_calibration', 'promotion', 'market_index', 'forecast_override',
    'level_plan', 'item_plan', 'plan_summary', 'stock_daily', 'plan_due', 'plan_progress'
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
-- The API: what people know better, and the wish to have it planned with.
grant insert, update on promotion, market_index, forecast_override, plan_due to shuiwei_app;
--> statement-breakpoint
-- Workers: everything that is computed.
grant insert, update, delete on
  group_factor, level_forecast, forecast_calibration, level_plan, item_plan, plan_summary, stock_daily, plan_due,
  plan_progress
to shuiwei_worker;
