-- Row-level security, as on every business table.
do $$
declare
  business text;
begin
  foreach business in array array[
    'sales_policy_rule', 'sales_policy_state', 'sales_policy_change', 'sales_policy_due', 'sales_policy_progress',
    'sales_policy_setting', 'sales_policy_write', 'policy_backtest'
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
-- The API: rules, settings, the wish to have items judged anew, and backtests to be run.
grant insert, update on sales_policy_rule, sales_policy_setting, sales_policy_due to shuiwei_app;
--> statement-breakpoint
grant insert on policy_backtest to shuiwei_app;
--> statement-breakpoint
-- Workers: the rules every organization begins with, states, changes, write-backs, backtests and their removal.
grant insert on sales_policy_rule to shuiwei_worker;
--> statement-breakpoint
grant insert, update, delete on
  sales_policy_state, sales_policy_change, sales_policy_due, sales_policy_progress, sales_policy_write, policy_backtest
to shuiwei_worker;
