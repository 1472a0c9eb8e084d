create table kernteams (
  casus_id text primary key,
  eerste_regisseur_id text not null,
  samengesteld_op text not null,
  opgeheven_op text
);

create table stoelen (
  casus_id text not null,
  naam text not null,
  lid_id text not null,
  sinds text not null,
  primary key (casus_id, naam, lid_id)
);

-- Facts, not a state: they may come in any order, and before the kernteam is there.
create table regiewissels (
  casus_id text not null,
  vanaf text not null,
  naar_id text not null,
  van_id text,
  primary key (casus_id, vanaf, naar_id)
);

create table plannen (
  casus_id text not null references kernteams (casus_id),
  versie integer not null,
  besproken_met_gezin_op text,
  kernvraag text not null,
  afspraken text,
  vastgelegd_door_id text not null,
  vastgelegd_op text not null,
  primary key (casus_id, versie),
  check (versie > 1 or besproken_met_gezin_op is not null)
);

create table koersen (
  casus_id text not null references kernteams (casus_id),
  versie integer not null,
  punten text not null,
  reden text,
  vastgesteld_door_id text not null,
  vastgesteld_op text not null,
  primary key (casus_id, versie),
  check (versie = 1 or reden is not null)
);

create table bijeenkomsten (
  id text primary key,
  casus_id text not null references kernteams (casus_id),
  gehouden_op text not null,
  aanwezigen text not null,
  incheck integer not null,
  actualiteit text not null,
  koers text not null,
  terugkoppeling_acties text not null,
  volgende_stappen text not null,
  check_uit integer not null,
  acute_reden text,
  vastgelegd_door_id text not null,
  vastgelegd_op text not null
);
create index bijeenkomsten_casus_id on bijeenkomsten (casus_id, gehouden_op);

create table acties (
  id text primary key,
  casus_id text not null references kernteams (casus_id),
  wie_ref text not null,
  wat text not null,
  opbrengst text not null,
  uiterlijk_op text not null,
  afgesproken_door_id text not null,
  afgesproken_op text not null,
  gelukt integer,
  terugkoppeling text,
  afgerond_door_id text,
  afgerond_op text,
  check ((gelukt is null) = (afgerond_op is null))
);
create index acties_casus_id on acties (casus_id, uiterlijk_op);

create table stops (
  id text primary key,
  casus_id text not null references kernteams (casus_id),
  reden text,
  ingedrukt_door_id text not null,
  ingedrukt_op text not null,
  nodig_voor_doorbraak text,
  inhoud_en_voorwaarden text,
  wie_doet_wat text,
  opgeheven_door_id text,
  opgeheven_op text,
  check (opgeheven_op is null or (nodig_voor_doorbraak is not null and inhoud_en_voorwaarden is not null and wie_doet_wat is not null))
);
create unique index een_lopende_stop_per_casus on stops (casus_id) where opgeheven_op is null;
