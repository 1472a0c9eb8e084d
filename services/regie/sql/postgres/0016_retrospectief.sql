-- Looking back on a casus: what was recorded when the draft was made, and what those who were there put beside it.
create table retrospectieven (
  id uuid primary key,
  casus_id uuid not null references casussen (id) deferrable initially deferred,
  gemaakt_door_id uuid not null,
  gemaakt_op timestamptz not null,
  reacties_tot timestamptz not null,
  inhoud text not null,
  definitief_op timestamptz,
  check (definitief_op >= reacties_tot)
);
create index retrospectieven_casus on retrospectieven (casus_id);
create unique index retrospectieven_concept on retrospectieven (casus_id) where definitief_op is null;

create table retrospectiefreacties (
  id uuid primary key,
  retrospectief_id uuid not null references retrospectieven (id),
  soort text not null check (soort in ('aanvulling', 'bezwaar')),
  tekst text not null check (tekst <> ''),
  door_id uuid not null,
  door_rol text not null,
  op timestamptz not null
);
create index retrospectiefreacties_retrospectief on retrospectiefreacties (retrospectief_id, op);

-- What this service looks at by itself outside of a flow, and when.
create table wekkers (
  onderwerp_id uuid not null,
  soort text not null,
  casus_id uuid not null,
  op timestamptz not null,
  primary key (onderwerp_id, soort)
);
create index wekkers_op on wekkers (op);
