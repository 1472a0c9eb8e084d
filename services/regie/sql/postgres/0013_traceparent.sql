-- The trace in which something happened (W3C Trace Context), so that a delivery to a subscriber continues it; null when nobody followed.
alter table gebeurtenissen add column traceparent text;
