-- What the court and the Raad decided about the children of a casus. A placement is a line of its own; who was always at home has no row.

alter table kinderen add column beschikking_id uuid;
alter table kaderovergangen add column verzoek_door text;
alter table kaderovergangen add column beschikking_id uuid;

create table beschikkingen (
  id uuid primary key,
  casus_id uuid not null references casussen (id) deferrable initially deferred,
  nummer text not null,
  datum date not null,
  einddatum date,
  besluit text not null,
  organisatie text,
  is_spoed boolean not null,
  gehoord_op timestamptz,
  gehoord_vastgelegd_door_id uuid,
  knelpunt_id uuid,
  is_verlenging_gevraagd boolean not null,
  door_id uuid not null,
  vanaf timestamptz not null,
  vastgelegd_op timestamptz not null,
  check (einddatum > datum),
  check ((gehoord_op is null) = (gehoord_vastgelegd_door_id is null))
);
create index beschikkingen_casus on beschikkingen (casus_id);

create table uitvoerders (
  id uuid primary key,
  casus_id uuid not null references casussen (id) deferrable initially deferred,
  kind_ref text not null,
  organisatie text not null,
  uitvoerder_id uuid not null,
  vervanger_id uuid not null,
  aangewezen_door_id uuid not null,
  vanaf timestamptz not null,
  tot timestamptz,
  check (uitvoerder_id <> vervanger_id)
);
create unique index een_uitvoerder_per_kind on uitvoerders (casus_id, kind_ref) where tot is null;

create table plaatsingen (
  casus_id uuid not null references casussen (id) deferrable initially deferred,
  kind_ref text not null,
  volgnr integer not null check (volgnr > 0),
  waarde text not null check (waarde in ('thuis', 'uhp', 'gesloten')),
  beschikking_id uuid,
  grond text not null,
  bron text not null,
  door_id uuid not null,
  vanaf timestamptz not null,
  tot timestamptz,
  vastgelegd_op timestamptz not null,
  einde_vastgelegd_op timestamptz,
  primary key (casus_id, kind_ref, volgnr),
  check ((waarde = 'thuis') = (beschikking_id is null)),
  check ((tot is null) = (einde_vastgelegd_op is null)),
  check (tot > vanaf)
);
create unique index een_lopende_plaatsing on plaatsingen (casus_id, kind_ref) where tot is null;

create table kaartuitreikingen (
  id uuid primary key,
  casus_id uuid not null references casussen (id) deferrable initially deferred,
  kind_ref text not null,
  kader text not null,
  door_id uuid not null,
  hoe text not null,
  met_tolk boolean not null,
  reactie text,
  is_afgetekend boolean not null,
  op timestamptz not null,
  vastgelegd_op timestamptz not null
);
create index kaartuitreikingen_casus on kaartuitreikingen (casus_id, kind_ref);

create table raadsonderzoeken (
  vto_id uuid primary key,
  casus_id uuid not null references casussen (id) deferrable initially deferred,
  kind_refs text not null,
  gevraagd_op timestamptz,
  bericht_id text,
  ontvangen_op timestamptz,
  rapport_op timestamptz,
  verzoekt_maatregel boolean,
  afgerond_op timestamptz,
  check ((rapport_op is null) = (verzoekt_maatregel is null))
);
create index raadsonderzoeken_casus on raadsonderzoeken (casus_id);
