-- Closing by everybody: who sits at the table and what they say, and what elsewhere keeps the casus open.
create table klaarverklaringen (
  casus_id text not null,
  stoel text not null,
  lid_id text,
  oordeel text,
  toelichting text,
  vastgelegd_door_id text,
  op text,
  primary key (casus_id, stoel),
  check ((oordeel is null) = (op is null))
);

create table belemmeringen (
  onderwerp_id text primary key,
  casus_id text not null,
  zin text not null,
  is_voorbij integer not null
);
create index belemmeringen_casus on belemmeringen (casus_id);

create table kernteamstanden (
  casus_id text primary key,
  versie integer not null,
  rvt_eerste_op text,
  rvt_einde_op text
);

create table afsluitingen (
  id text primary key,
  casus_id text not null references casussen (id) deferrable initially deferred,
  door_id text not null,
  op text not null,
  nazorg text not null,
  nazorg_tot text not null,
  terugkomweg text not null,
  reden_zonder_rvt text,
  heropend_op text,
  heropend_door_id text,
  reden_heropening text,
  check (heropend_op > op),
  check ((heropend_op is null) = (reden_heropening is null))
);
create unique index een_laatste_afsluiting on afsluitingen (casus_id) where heropend_op is null;

-- Between the closing and the reopening of a casus nobody holds anything. Such a period is always over: what runs has a holder.
create trigger perioden_tussentijd_is_voorbij before insert on perioden
when (new.waarde = 'niemand') <> (new.merk is 'afgesloten') or (new.merk is 'afgesloten' and new.is_open)
begin
  select raise(abort, 'niemand is geen houder');
end;
