-- What the court and the Raad decided about the children of a casus. A placement is a line of its own; who was always at home has no row.

alter table kinderen add column beschikking_id text;
alter table kaderovergangen add column verzoek_door text;
alter table kaderovergangen add column beschikking_id text;

create table beschikkingen (
  id text primary key,
  casus_id text not null references casussen (id) deferrable initially deferred,
  nummer text not null,
  datum text not null,
  einddatum text,
  besluit text not null,
  organisatie text,
  is_spoed integer not null,
  gehoord_op text,
  gehoord_vastgelegd_door_id text,
  knelpunt_id text,
  is_verlenging_gevraagd integer not null,
  door_id text not null,
  vanaf text not null,
  vastgelegd_op text not null,
  check (einddatum > datum),
  check ((gehoord_op is null) = (gehoord_vastgelegd_door_id is null))
);
create index beschikkingen_casus on beschikkingen (casus_id);

create table uitvoerders (
  id text primary key,
  casus_id text not null references casussen (id) deferrable initially deferred,
  kind_ref text not null,
  organisatie text not null,
  uitvoerder_id text not null,
  vervanger_id text not null,
  aangewezen_door_id text not null,
  vanaf text not null,
  tot text,
  check (uitvoerder_id <> vervanger_id)
);
create unique index een_uitvoerder_per_kind on uitvoerders (casus_id, kind_ref) where tot is null;

create table plaatsingen (
  casus_id text not null references casussen (id) deferrable initially deferred,
  kind_ref text not null,
  volgnr integer not null check (volgnr > 0),
  waarde text not null check (waarde in ('thuis', 'uhp', 'gesloten')),
  beschikking_id text,
  grond text not null,
  bron text not null,
  door_id text not null,
  vanaf text not null,
  tot text,
  vastgelegd_op text not null,
  einde_vastgelegd_op text,
  primary key (casus_id, kind_ref, volgnr),
  check ((waarde = 'thuis') = (beschikking_id is null)),
  check ((tot is null) = (einde_vastgelegd_op is null)),
  check (tot > vanaf)
);
create unique index een_lopende_plaatsing on plaatsingen (casus_id, kind_ref) where tot is null;

create table kaartuitreikingen (
  id text primary key,
  casus_id text not null references casussen (id) deferrable initially deferred,
  kind_ref text not null,
  kader text not null,
  door_id text not null,
  hoe text not null,
  met_tolk integer not null,
  reactie text,
  is_afgetekend integer not null,
  op text not null,
  vastgelegd_op text not null
);
create index kaartuitreikingen_casus on kaartuitreikingen (casus_id, kind_ref);

create table raadsonderzoeken (
  vto_id text primary key,
  casus_id text not null references casussen (id) deferrable initially deferred,
  kind_refs text not null,
  gevraagd_op text,
  bericht_id text,
  ontvangen_op text,
  rapport_op text,
  verzoekt_maatregel integer,
  afgerond_op text,
  check ((rapport_op is null) = (verzoekt_maatregel is null))
);
create index raadsonderzoeken_casus on raadsonderzoeken (casus_id);
