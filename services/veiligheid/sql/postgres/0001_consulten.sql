create table consulten (
  id uuid primary key,
  casus_id uuid not null,
  stroom_id uuid not null,
  wachtpunt text not null,
  gevraagd_op timestamptz not null,
  herinneringen integer not null,
  advies text,
  veiligheidsafspraken text,
  standby_maatregel text,
  standby_tot_op timestamptz,
  rvt_id uuid,
  beantwoord_op timestamptz,
  check ((beantwoord_op is null) = (advies is null)),
  check ((standby_maatregel is null) = (standby_tot_op is null))
);
create unique index een_open_consult_per_stroom on consulten (stroom_id) where beantwoord_op is null;

create table incidenten (
  id uuid primary key,
  casus_id uuid not null,
  aard text not null,
  acuut boolean not null,
  gemeld_door_id uuid not null,
  gemeld_op timestamptz not null,
  bevestigen_voor timestamptz not null,
  bevestigd_door_id uuid,
  bevestigd_op timestamptz,
  check ((bevestigd_op is null) = (bevestigd_door_id is null))
);
create index incidenten_casus_id on incidenten (casus_id, gemeld_op);

-- Who holds regie now, as the regie line told; not a second truth about it.
create table regisseurs (
  casus_id uuid primary key,
  regisseur_id uuid not null,
  vanaf timestamptz not null
);
