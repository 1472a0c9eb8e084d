-- The reports, with the first answer to each, and what families allow and ask.
create table meldingen (
  id uuid primary key,
  bron_organisatie text not null,
  bron_melding_id text not null,
  route text not null,
  prioriteit text not null,
  termijn_id text,
  verloopt_op timestamptz,
  inhoud text not null,
  kenmerk bytea not null,
  gedaan_door_id uuid not null,
  gedaan_namens text not null,
  geregistreerd_op timestamptz not null,
  casus_id uuid,
  unique (bron_organisatie, bron_melding_id)
);
create index meldingen_casus_id on meldingen (casus_id);

create table toestemmingen (
  id uuid primary key,
  casus_id uuid not null,
  persoon_ref text not null,
  leeftijdsband text not null,
  doel text not null,
  gegevens text not null,
  ontvanger text not null,
  betrokkene_stemt_in boolean not null,
  ouder_met_gezag_stemt_in boolean not null,
  vastgelegd_door_id uuid not null,
  gegeven_op timestamptz not null,
  geldig_tot timestamptz,
  ingetrokken_op timestamptz
);
create index toestemmingen_casus_id on toestemmingen (casus_id);

create table inzageverzoeken (
  id uuid primary key,
  casus_id uuid not null,
  persoon_ref text not null,
  gevraagd_door text not null,
  vastgelegd_door_id uuid not null,
  ingediend_op timestamptz not null,
  verloopt_op timestamptz not null
);
create index inzageverzoeken_casus_id on inzageverzoeken (casus_id);
