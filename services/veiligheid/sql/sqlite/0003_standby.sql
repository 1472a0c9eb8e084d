-- What this service looks at by itself, and when.
create table wekkers (
  onderwerp_id text not null,
  soort text not null,
  casus_id text not null,
  op text not null,
  primary key (onderwerp_id, soort)
);
create index wekkers_op on wekkers (op);

alter table incidenten add column trede integer not null default 1;
alter table incidenten add column voor_id text;
alter table incidenten add column afspraak text;
alter table incidenten add column lichtere_weg text;

alter table consulten add column voor_id text;

-- Prepared, never applied, and never without an end or a moment at which somebody looks again.
create table standbymaatregelen (
  id text primary key,
  casus_id text not null,
  maatregel text not null,
  tot_op text,
  toets_op text,
  gezet_door_id text not null,
  gezet_op text not null,
  opgeheven_op text,
  opgeheven_door_id text,
  reden_opheffing text,
  check (tot_op is not null or toets_op is not null),
  check ((opgeheven_op is null) = (reden_opheffing is null))
);
create index standbymaatregelen_casus_id on standbymaatregelen (casus_id);

create table kindcontacten (
  id text primary key,
  casus_id text not null,
  kind_ref text not null,
  is_maatregel integer not null,
  kader_vanaf text,
  is_gesloten integer not null,
  casus_sinds text,
  laatste_op text,
  telt_vanaf text,
  alleen integer,
  door_id text,
  unique (casus_id, kind_ref)
);
