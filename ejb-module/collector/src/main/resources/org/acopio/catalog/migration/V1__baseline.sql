-- One text for H2 and PostgreSQL. An instant is seconds since 1970 and nanoseconds, because the
-- databases' own types keep microseconds only. A sequence that counts by ten starts at ten, because
-- the number that it yields is the last of ten. Foreign keys follow the indexes that serve them: H2
-- would otherwise make its own beside them.

create sequence agent_number start with 10 increment by 10;
create sequence client_number start with 10 increment by 10;
create sequence collection_number start with 10 increment by 10;
create sequence file_number;

create table agent (
  number             bigint       not null primary key,
  id                 bytea        not null unique,
  host_name          varchar(255) not null,
  version            varchar(100) not null,
  first_seen_seconds bigint       not null,
  first_seen_nanos   integer      not null,
  last_seen_seconds  bigint       not null,
  last_seen_nanos    integer      not null
);

create table client (
  number             bigint       not null primary key,
  address            varchar(100) not null unique,
  first_seen_seconds bigint       not null,
  first_seen_nanos   integer      not null,
  last_seen_seconds  bigint       not null,
  last_seen_nanos    integer      not null
);

create table collection (
  number           bigint  not null primary key,
  agent            bigint  not null,
  client           bigint  not null,
  opened_seconds   bigint  not null,
  opened_nanos     integer not null,
  closed_seconds   bigint,
  closed_nanos     integer,
  stored           bigint,
  stored_bytes     bigint,
  had              bigint,
  refused          bigint,
  received_bytes   bigint,
  left_open        bigint,
  duration_seconds bigint,
  duration_nanos   integer
);

create index collection_agent on collection (agent, number);
create index collection_client on collection (client);
alter table collection add constraint collection_of_agent foreign key (agent) references agent;
alter table collection add constraint collection_of_client foreign key (client) references client;

create table file (
  number            bigint          not null primary key,
  upload            bigint          not null,
  agent             bigint          not null,
  client            bigint          not null,
  collection        bigint          not null,
  path_key          bytea           not null,
  path              bytea           not null,
  name              varchar(255)    not null,
  version           integer         not null,
  size              bigint          not null,
  modified_seconds  bigint          not null,
  modified_nanos    integer         not null,
  media_type        varchar(127)    not null,
  digest            bytea           not null,
  stored_as         varchar(131072) not null,
  stored_at_seconds bigint          not null,
  stored_at_nanos   integer         not null,
  constraint file_upload unique (upload),
  constraint file_path_version unique (path_key, agent, version)
);

create index file_digest on file (digest, agent, number);
create index file_agent on file (agent, number);
create index file_client on file (client);
create index file_collection on file (collection);
alter table file add constraint file_of_agent foreign key (agent) references agent;
alter table file add constraint file_of_client foreign key (client) references client;
alter table file add constraint file_of_collection foreign key (collection) references collection;
