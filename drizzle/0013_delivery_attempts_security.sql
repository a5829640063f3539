-- The API: an operator sends a message again that was given up. What it says and to whom stays as it is.
grant update (state, attempts, next_attempt_at, finished_at, error_code, attempt_log) on notification_delivery
to shuiwei_app;
