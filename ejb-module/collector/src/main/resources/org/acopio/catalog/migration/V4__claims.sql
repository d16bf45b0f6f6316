-- What each PC and each address has in the store, and what PCs said they had. The text is for H2 and
-- PostgreSQL; instants are as in V1.
--
-- holding and visit are sums that are kept as files are committed and collections opened: a list of
-- clients must not read every file. The kinds are those of org.acopio.media.MediaKind.

create table holding (
  agent  bigint      not null,
  client bigint      not null,
  kind   varchar(16) not null,
  files  bigint      not null,
  bytes  bigint      not null,
  constraint holding_key primary key (agent, client, kind)
);

create index holding_client on holding (client);

create table visit (
  agent             bigint  not null,
  client            bigint  not null,
  collections       bigint  not null,
  last_seen_seconds bigint  not null,
  last_seen_nanos   integer not null,
  constraint visit_key primary key (agent, client)
);

create index visit_client on visit (client);

-- How a collection ended. The proof is the numbers of the files that prove what it offered, ascending,
-- each as its difference to the one before in LEB128: a PC offers all its files at every run, so that
-- a row for each would be as many rows a day as there are files, where this is a byte or two for each.
create table claim (
  collection     bigint      not null primary key,
  ending         varchar(16) not null,
  proven         bigint      not null,
  proven_bytes   bigint      not null,
  unproven       bigint      not null,
  unproven_bytes bigint      not null,
  proof          bytea       not null
);

-- Of each path of an agent the last word, when that is not proven by a file.
create table unproven (
  agent            bigint         not null,
  path_key         bytea          not null,
  collection       bigint         not null,
  path             bytea          not null,
  size             bigint         not null,
  modified_seconds bigint         not null,
  modified_nanos   integer        not null,
  said_seconds     bigint         not null,
  said_nanos       integer        not null,
  reason           varchar(32)    not null,
  detail           varchar(2000)  not null,
  constraint unproven_key primary key (agent, path_key)
);

create index unproven_collection on unproven (collection);

insert into holding (agent, client, kind, files, bytes)
select k.agent, k.client, k.kind, count(*), cast(sum(k.size) as bigint) from (
  select agent, client, size, case
    when media_type like 'image/%' then 'image'
    when media_type like 'audio/%' and media_type not like '%mpegurl' then 'audio'
    when media_type like 'video/%' and media_type not like '%mpegurl' then 'video'
    when media_type in ('application/mxf', 'application/vnd.rn-realmedia') then 'video'
    when media_type = 'application/pdf' then 'pdf'
    else 'other' end as kind
  from file) k
group by k.agent, k.client, k.kind;

insert into visit (agent, client, collections, last_seen_seconds, last_seen_nanos)
select agent, client, count(*), max(opened_seconds), 0 from collection group by agent, client;
