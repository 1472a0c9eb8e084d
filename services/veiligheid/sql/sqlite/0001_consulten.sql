create table consulten (
  id text primary key,
  casus_id text not null,
  stroom_id text not null,
  wachtpunt text not null,
  gevraagd_op text not null,
  herinneringen integer not null,
  advies text,
  veiligheidsafspraken text,
  standby_maatregel text,
  standby_tot_op text,
  rvt_id text,
  beantwoord_op text,
  check ((beantwoord_op is null) = (advies is null)),
  check ((standby_maatregel is null) = (standby_tot_op is null))
);
create unique index een_open_consult_per_stroom on consulten (stroom_id) where beantwoord_op is null;

create table incidenten (
  id text primary key,
  casus_id text not null,
  aard text not null,
  acuut integer not null,
  gemeld_door_id text not null,
  gemeld_op text not null,
  bevestigen_voor text not null,
  bevestigd_door_id text,
  bevestigd_op text,
  check ((bevestigd_op is null) = (bevestigd_door_id is null))
);
create index incidenten_casus_id on incidenten (casus_id, gemeld_op);

-- Who holds regie now, as the regie line told; not a second truth about it.
create table regisseurs (
  casus_id text primary key,
  regisseur_id text not null,
  vanaf text not null
);
