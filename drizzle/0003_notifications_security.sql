-- Row-level security, as on every business table.
do $$
declare
  business text;
begin
  foreach business in array array[
    'notification_channel', 'notification_secret', 'notification_route', 'notification_delivery',
    'notification_notice', 'notification_read'
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
-- The API: channels and routes, secrets that it may write and never read, test messages, what was read.
grant insert, update on notification_channel, notification_secret, notification_route to shuiwei_app;
--> statement-breakpoint
grant insert on notification_delivery, notification_read to shuiwei_app;
--> statement-breakpoint
revoke select on notification_secret from shuiwei_app;
--> statement-breakpoint
grant select (organization_id, channel_id) on notification_secret to shuiwei_app;
--> statement-breakpoint
-- Workers: what is due, what was sent, a channel that is gone, and the removal of what is old.
grant update on notification_channel to shuiwei_worker;
--> statement-breakpoint
grant insert, update, delete on notification_delivery, notification_notice to shuiwei_worker;
--> statement-breakpoint
grant delete on notification_read to shuiwei_worker;
