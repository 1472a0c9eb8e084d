-- How each flow is doing, for whoever oversees them: kept beside the flow, so that a hundred thousand are looked at without a scan.

alter table wachtpunten add column eerder_sinds text;
alter table wachtpunten add column te_lang_sinds text;
alter table wachtpunten add column ronde integer not null default 1;

alter table stromen add column stand text;
alter table stromen add column blokkade text;
alter table stromen add column stand_sinds text not null default '';
alter table stromen add column risico integer not null default 0;
alter table stromen add column dienst text;
alter table stromen add column vastgelopen integer not null default 0;
alter table stromen add column herstel_op text;
update stromen set stand_sinds = bijgewerkt_op,
  dienst = (select min(substr(w.voor_rol, 8)) from wachtpunten w where w.stroom_id = stromen.id and w.afgehandeld_op is null and w.voor_rol like 'dienst:%'),
  blokkade = case when storingen > 0 then 'storing' end,
  stand = case when afgerond_op is not null and status <> 'Faulted' then null when storingen > 0 then 'GEBLOKKEERD'
    when exists (select 1 from wachtpunten w where w.stroom_id = stromen.id and w.afgehandeld_op is null and coalesce(w.voor_rol, '') <> 'klok') then 'WACHT' else 'LOOPT' end;
-- In the order in which they are shown, with what they are counted and chosen by.
create index stromen_stand on stromen (risico desc, stand_sinds, id, stand, dienst) where stand is not null;
create index stromen_per_stand on stromen (stand, risico desc, stand_sinds, id) where stand is not null;

-- When each service last answered on the bus.
create table diensten (
  naam text primary key,
  gehoord_op text not null,
  oudste_uitgaand text
);

-- Messages that a service could not handle, as that service told. The message itself stays with the service.
create table vastgelopen_berichten (
  wachtrij text not null,
  bericht_id text not null,
  type text not null,
  reden text not null,
  casus_id text,
  stroom_id text,
  op text not null,
  pogingen integer not null,
  aangeboden_op text,
  aangeboden_door_id text,
  aangeboden_reden text,
  primary key (wachtrij, bericht_id)
);
create index vastgelopen_berichten_stroom on vastgelopen_berichten (stroom_id);

-- What was repaired, by whom and why.
create table herstellingen (
  id text primary key,
  stroom_id text not null references stromen (id),
  casus_id text not null,
  soort text not null,
  zin text not null,
  reden text not null check (reden <> ''),
  door_id text not null,
  op text not null
);
create index herstellingen_stroom on herstellingen (stroom_id, op);
