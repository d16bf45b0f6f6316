-- Days on which a server of this catalog ran, by its own clock: what is kept for a number of days is
-- forgotten by the latest of these times that is a day old, so that a clock that goes wrong for less
-- than a day forgets nothing. Days are counted from 1 January 1970, UTC; a row is when the day was
-- first seen, in seconds since then. The text is for H2 and PostgreSQL.

create table running_day (
  day_number   bigint not null primary key,
  seen_seconds bigint not null
);
