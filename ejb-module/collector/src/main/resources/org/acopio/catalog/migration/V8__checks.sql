-- What a check found wrong with the bytes of files, and how far the check in the background is. The
-- text is for H2 and PostgreSQL; instants are as in V1. A row here is how a file is known as damaged:
-- its own row stays as its receipt has it.

create table damage (
  file          bigint        not null primary key,
  kind          varchar(16)   not null,
  detail        varchar(2000) not null,
  found_seconds bigint        not null,
  found_nanos   integer       not null
);

alter table damage add constraint damage_of_file foreign key (file) references file;

-- One row: the pass that is under way, and the last that came to its end.
create table scrub (
  number        integer not null primary key,
  place         bigint  not null,
  files         bigint  not null,
  bytes         bigint  not null,
  others        bigint  not null,
  begun_seconds bigint,
  begun_nanos   integer,
  ended_seconds bigint,
  ended_nanos   integer
);

insert into scrub (number, place, files, bytes, others) values (1, 0, 0, 0, 0);
