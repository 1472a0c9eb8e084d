-- What this service looks at by itself, and when.
create table wekkers (
  onderwerp_id uuid not null,
  soort text not null,
  casus_id uuid not null,
  op timestamptz not null,
  primary key (onderwerp_id, soort)
);
create index wekkers_op on wekkers (op);

alter table incidenten add column trede integer not null default 1;
alter table incidenten add column voor_id uuid;
alter table incidenten add column afspraak text;
alter table incidenten add column lichtere_weg text;

alter table consulten add column voor_id uuid;

-- Prepared, never applied, and never without an end or a moment at which somebody looks again.
create table standbymaatregelen (
  id uuid primary key,
  casus_id uuid not null,
  maatregel text not null,
  tot_op timestamptz,
  toets_op timestamptz,
  gezet_door_id uuid not null,
  gezet_op timestamptz not null,
  opgeheven_op timestamptz,
  opgeheven_door_id uuid,
  reden_opheffing text,
  check (tot_op is not null or toets_op is not null),
  check ((opgeheven_op is null) = (reden_opheffing is null))
);
create index standbymaatregelen_casus_id on standbymaatregelen (casus_id);

create table kindcontacten (
  id uuid primary key,
  casus_id uuid not null,
  kind_ref text not null,
  is_maatregel boolean not null,
  kader_vanaf timestamptz,
  is_gesloten boolean not null,
  casus_sinds timestamptz,
  laatste_op timestamptz,
  telt_vanaf timestamptz,
  alleen boolean,
  door_id uuid,
  unique (casus_id, kind_ref)
);
