-- Closing by everybody: who sits at the table and what they say, and what elsewhere keeps the casus open.
create table klaarverklaringen (
  casus_id uuid not null,
  stoel text not null,
  lid_id uuid,
  oordeel text,
  toelichting text,
  vastgelegd_door_id uuid,
  op timestamptz,
  primary key (casus_id, stoel),
  check ((oordeel is null) = (op is null))
);

create table belemmeringen (
  onderwerp_id uuid primary key,
  casus_id uuid not null,
  zin text not null,
  is_voorbij boolean not null
);
create index belemmeringen_casus on belemmeringen (casus_id);

create table kernteamstanden (
  casus_id uuid primary key,
  versie integer not null,
  rvt_eerste_op timestamptz,
  rvt_einde_op timestamptz
);

create table afsluitingen (
  id uuid primary key,
  casus_id uuid not null references casussen (id) deferrable initially deferred,
  door_id uuid not null,
  op timestamptz not null,
  nazorg text not null,
  nazorg_tot timestamptz not null,
  terugkomweg text not null,
  reden_zonder_rvt text,
  heropend_op timestamptz,
  heropend_door_id uuid,
  reden_heropening text,
  check (heropend_op > op),
  check ((heropend_op is null) = (reden_heropening is null))
);
create unique index een_laatste_afsluiting on afsluitingen (casus_id) where heropend_op is null;

-- Between the closing and the reopening of a casus nobody holds anything. Such a period is always over: what runs has a holder.
alter table perioden add constraint perioden_tussentijd_is_voorbij
  check ((waarde = 'niemand') = (merk is not distinct from 'afgesloten') and (merk is distinct from 'afgesloten' or not is_open));
