-- When the last full pass of the check in the background began: the next one is counted from there,
-- however long a pass takes. The text is for H2 and PostgreSQL; instants are as in V1.

alter table scrub add column last_begun_seconds bigint;
alter table scrub add column last_begun_nanos integer;
