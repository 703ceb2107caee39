-- The oldest processed events of a deployment, which housekeeping removes, without reading them all.
create index processed_event_age on processed_event (deployment, processed_at);
