-- The reports, with the first answer to each, and what families allow and ask.
create table meldingen (
  id text primary key,
  bron_organisatie text not null,
  bron_melding_id text not null,
  route text not null,
  prioriteit text not null,
  termijn_id text,
  verloopt_op text,
  inhoud text not null,
  kenmerk blob not null,
  gedaan_door_id text not null,
  gedaan_namens text not null,
  geregistreerd_op text not null,
  casus_id text,
  unique (bron_organisatie, bron_melding_id)
);
create index meldingen_casus_id on meldingen (casus_id);

create table toestemmingen (
  id text primary key,
  casus_id text not null,
  persoon_ref text not null,
  leeftijdsband text not null,
  doel text not null,
  gegevens text not null,
  ontvanger text not null,
  betrokkene_stemt_in integer not null,
  ouder_met_gezag_stemt_in integer not null,
  vastgelegd_door_id text not null,
  gegeven_op text not null,
  geldig_tot text,
  ingetrokken_op text
);
create index toestemmingen_casus_id on toestemmingen (casus_id);

create table inzageverzoeken (
  id text primary key,
  casus_id text not null,
  persoon_ref text not null,
  gevraagd_door text not null,
  vastgelegd_door_id text not null,
  ingediend_op text not null,
  verloopt_op text not null
);
create index inzageverzoeken_casus_id on inzageverzoeken (casus_id);
