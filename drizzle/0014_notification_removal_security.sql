-- A channel or a route that was made by mistake can be taken away, with what was planned and logged for it.
grant delete on notification_channel, notification_secret, notification_route, notification_notice, notification_delivery,
  notification_read to shuiwei_app;
--> statement-breakpoint
-- Rows of a channel are found by its id; how a delivery stands is no secret, what its worker notes is none of the API's.
grant select (organization_id, channel_id) on notification_notice to shuiwei_app;
