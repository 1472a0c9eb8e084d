-- Looking back on a casus: what was recorded when the draft was made, and what those who were there put beside it.
create table retrospectieven (
  id text primary key,
  casus_id text not null references casussen (id) deferrable initially deferred,
  gemaakt_door_id text not null,
  gemaakt_op text not null,
  reacties_tot text not null,
  inhoud text not null,
  definitief_op text,
  check (definitief_op >= reacties_tot)
);
create index retrospectieven_casus on retrospectieven (casus_id);
create unique index retrospectieven_concept on retrospectieven (casus_id) where definitief_op is null;

create table retrospectiefreacties (
  id text primary key,
  retrospectief_id text not null references retrospectieven (id),
  soort text not null check (soort in ('aanvulling', 'bezwaar')),
  tekst text not null check (tekst <> ''),
  door_id text not null,
  door_rol text not null,
  op text not null
);
create index retrospectiefreacties_retrospectief on retrospectiefreacties (retrospectief_id, op);

-- What this service looks at by itself outside of a flow, and when.
create table wekkers (
  onderwerp_id text not null,
  soort text not null,
  casus_id text not null,
  op text not null,
  primary key (onderwerp_id, soort)
);
create index wekkers_op on wekkers (op);
