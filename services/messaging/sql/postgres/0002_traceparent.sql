-- Where a message comes from (W3C Trace Context), so that one trace goes from a request over every service; null when nobody follows.
alter table outbox add column traceparent text;
