-- Which commit a processed event was about; null where it named none, and in what was recorded
-- before this column was there. An older program leaves it null.
alter table processed_event add column commit_sha varchar(64);

-- Whether anything was ever recorded of a commit for a deployment.
create index processed_event_commit on processed_event (deployment, commit_sha);
create index release_commit on "release" (deployment, commit_sha);
