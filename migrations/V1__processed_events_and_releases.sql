-- The record store: what is finished. The same file runs on PostgreSQL and on SQLite; a file that
-- has been released is never edited, and a later one only adds, so that an older program on
-- another host goes on working while the hosts are brought up to date one by one.

-- How each event ended, once per deployment that it concerned; "@dispatcher" stands for what no
-- deployment took. The key is what makes a delivery count once, on however many hosts.
create table processed_event (
  event_id     varchar(64)              not null,
  deployment   varchar(63)              not null,
  outcome      varchar(16)              not null,
  entry        varchar(255)             not null,
  processed_at timestamp with time zone not null,
  reason       text,
  constraint processed_event_key primary key (event_id, deployment),
  constraint processed_event_outcome check (
    outcome in ('deployed', 'superseded', 'ignored', 'cancelled', 'void', 'ping'))
);

-- Each run of a deployment under its own number. "release" and "trigger" are words of SQL itself,
-- hence the quotes.
create table "release" (
  deployment  varchar(63)              not null,
  version     integer                  not null,
  commit_sha  varchar(64),
  ref         varchar(1024)            not null,
  event_id    varchar(64)              not null,
  "trigger"   varchar(16)              not null,
  host        varchar(255)             not null,
  state       varchar(16)              not null,
  started_at  timestamp with time zone not null,
  finished_at timestamp with time zone,
  reason      text,
  constraint release_key primary key (deployment, version),
  constraint release_version check (version >= 1),
  constraint release_state check (
    state in ('running', 'succeeded', 'failed', 'interrupted', 'cancelled', 'rolled-back')),
  constraint release_finished check ((state = 'running') = (finished_at is null))
);

-- The runs that one event started.
create index release_event on "release" (event_id, deployment);

-- What a host left running; the newest and the live release are found by the key.
create index release_running on "release" (host) where state = 'running';
