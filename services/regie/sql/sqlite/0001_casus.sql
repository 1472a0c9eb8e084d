-- The casus and its four lines. The regie invariant lives here as well as in the code: an open casus has exactly one holder
-- of regie, without gap or overlap, whatever writes to these tables.

create table casussen (
  id text primary key,
  gezin_ref text not null,
  gemeente text not null,
  team_id text not null,
  melding_id text not null,
  geopend_op text not null,
  afgesloten_op text,
  is_open integer not null,
  is_nazorg integer not null,
  -- Each casus points at the current period of its regie and of its schaal; of an open casus that period is open.
  regie_volgnr integer not null,
  schaal_volgnr integer not null,
  regie_lijn text not null default 'regie' check (regie_lijn = 'regie'),
  schaal_lijn text not null default 'schaal' check (schaal_lijn = 'schaal'),
  hele_casus text not null default '' check (hele_casus = ''),
  check (is_open = (afgesloten_op is null)),
  foreign key (id, regie_lijn, hele_casus, regie_volgnr, is_open) references perioden (casus_id, lijn, onderdeel, volgnr, is_open) deferrable initially deferred,
  foreign key (id, schaal_lijn, hele_casus, schaal_volgnr, is_open) references perioden (casus_id, lijn, onderdeel, volgnr, is_open) deferrable initially deferred
);
-- One open casus per family: two reports at once cannot open two.
create unique index een_open_casus_per_gezin on casussen (gezin_ref) where is_open;

create table kinderen (
  casus_id text not null references casussen (id) deferrable initially deferred,
  ref text not null check (ref <> ''),
  leeftijdsband text not null,
  is_open integer not null,
  kader_volgnr integer not null,
  bevoegdheid_volgnr integer not null,
  kader_lijn text not null default 'kader' check (kader_lijn = 'kader'),
  bevoegdheid_lijn text not null default 'bevoegdheid' check (bevoegdheid_lijn = 'bevoegdheid'),
  primary key (casus_id, ref),
  foreign key (casus_id, kader_lijn, ref, kader_volgnr, is_open) references perioden (casus_id, lijn, onderdeel, volgnr, is_open) deferrable initially deferred,
  foreign key (casus_id, bevoegdheid_lijn, ref, bevoegdheid_volgnr, is_open) references perioden (casus_id, lijn, onderdeel, volgnr, is_open) deferrable initially deferred
);

-- A period is half-open, [vanaf, tot), on the time axis of the world; vastgelegd_op and einde_vastgelegd_op say since when we knew.
create table perioden (
  casus_id text not null references casussen (id) deferrable initially deferred,
  lijn text not null check (lijn in ('regie', 'schaal', 'kader', 'bevoegdheid')),
  onderdeel text not null,
  volgnr integer not null check (volgnr > 0),
  vorig_volgnr integer,
  waarde text not null check (waarde <> ''),
  merk text,
  principaal_id text,
  grond text not null,
  bron text not null,
  vanaf text not null,
  tot text,
  is_open integer not null,
  vastgelegd_op text not null,
  einde_vastgelegd_op text,
  primary key (casus_id, lijn, onderdeel, volgnr),
  unique (casus_id, lijn, onderdeel, volgnr, tot),
  unique (casus_id, lijn, onderdeel, volgnr, is_open),
  check (is_open = (tot is null)),
  check (is_open = (einde_vastgelegd_op is null)),
  check (tot > vanaf),
  check ((lijn in ('regie', 'schaal')) = (onderdeel = '')),
  -- The first period has no predecessor; every other one starts at the very moment at which its predecessor ended.
  -- A predecessor has therefore ended, so only the last period of a line can be open: no overlap, no gap, no second holder.
  check ((volgnr = 1 and vorig_volgnr is null) or (volgnr > 1 and vorig_volgnr is not null and vorig_volgnr = volgnr - 1)),
  foreign key (casus_id, lijn, onderdeel, vorig_volgnr, vanaf) references perioden (casus_id, lijn, onderdeel, volgnr, tot) deferrable initially deferred
);
create index perioden_houder on perioden (waarde) where lijn = 'regie' and is_open;


-- What has been written down stays written down: a period can only be ended, once.
create trigger perioden_niet_wissen before delete on perioden
begin
  select raise(abort, 'een periode wordt nooit gewist');
end;
create trigger perioden_alleen_beeindigen before update on perioden
when old.tot is not null
  or (old.casus_id, old.lijn, old.onderdeel, old.volgnr, old.waarde, old.merk, old.principaal_id, old.grond, old.bron, old.vanaf, old.vastgelegd_op)
    is not (new.casus_id, new.lijn, new.onderdeel, new.volgnr, new.waarde, new.merk, new.principaal_id, new.grond, new.bron, new.vanaf, new.vastgelegd_op)
begin
  select raise(abort, 'een periode kan alleen worden beeindigd');
end;

create table overdrachten (
  id text primary key,
  casus_id text not null references casussen (id) deferrable initially deferred,
  van_id text not null,
  naar_id text not null,
  status text not null,
  reden text not null,
  voorgesteld_op text not null,
  antwoord_voor text,
  beantwoord_op text,
  toelichting text,
  alternatief text,
  gesprek_gepland_op text,
  gesprek_beeindigd_op text,
  gesprek_vastgelegd_op text,
  gezin_aanwezig integer,
  reden_afwezig text,
  nazorg_door_id text,
  nazorg_tot text,
  afgesloten_op text
);
create index overdrachten_casus on overdrachten (casus_id);
-- One proposal at a time: two at once would be two answers to "who is next".
create unique index een_lopend_voorstel on overdrachten (casus_id) where status in ('voorgesteld', 'aanvaard', 'gesprek-gepland', 'gesprek-gevoerd');

create table vervangingen (
  id text primary key,
  casus_id text not null references casussen (id) deferrable initially deferred,
  principaal_id text not null,
  waarnemer_id text not null,
  soort text not null,
  status text not null,
  reden text not null,
  vanaf text not null,
  verwacht_tot text,
  gestart_op text,
  beeindigd_op text
);
create index vervangingen_casus on vervangingen (casus_id);
create unique index een_lopende_vervanging on vervangingen (casus_id) where status in ('gepland', 'actief');

create table opschalingen (
  id text primary key,
  casus_id text not null references casussen (id) deferrable initially deferred,
  van text not null,
  naar text not null,
  status text not null,
  reden text not null,
  doel text,
  gezinsstandpunt text,
  tegenargument text,
  evaluatie_op text,
  stopcriterium text,
  is_acuut integer not null,
  rvt_id text,
  gevraagd_door_id text not null,
  gevraagd_op text not null
);
create index opschalingen_casus on opschalingen (casus_id);

create table kaderovergangen (
  id text primary key,
  casus_id text not null references casussen (id) deferrable initially deferred,
  kind_ref text not null,
  van text not null,
  naar text not null,
  bewijs text not null,
  bron text not null,
  door_id text not null,
  vanaf text not null,
  vastgelegd_op text not null
);
create index kaderovergangen_casus on kaderovergangen (casus_id);

create table knelpunten (
  id text primary key,
  casus_id text not null references casussen (id) deferrable initially deferred,
  soort text not null,
  niveau text not null,
  status text not null,
  omschrijving text not null,
  gemeld_door_id text,
  gemeld_op text not null,
  besluit_voor text,
  besluit text,
  besluit_reden text,
  besloten_door_id text,
  besloten_op text,
  is_gerealiseerd integer not null,
  is_melder_verteld integer not null,
  is_gezin_verteld integer not null
);
create index knelpunten_casus on knelpunten (casus_id);

create table teams (
  id text primary key,
  naam text not null,
  routes text not null,
  gemeenten text not null,
  leidinggevende_id text not null
);

create table professionals (
  id text primary key,
  naam text not null,
  rol text not null,
  organisatie text not null,
  team_id text,
  volgorde integer not null,
  is_actief integer not null,
  laatst_toegewezen_op text
);
create index professionals_team on professionals (team_id);

create table vervangers (
  professional_id text not null references professionals (id),
  vervanger_id text not null references professionals (id),
  volgorde integer not null,
  primary key (professional_id, vervanger_id)
);
