-- Who belongs to the family of a casus, who has custody, and what is shared on which basis.
create table betrokkenen (
  id uuid primary key,
  casus_id uuid not null,
  persoon_id uuid,
  ref text not null,
  relatie text not null check (relatie in ('jongere', 'ouder', 'verzorger', 'netwerk')),
  twaalf_op date check ((relatie = 'jongere') = (twaalf_op is not null)),
  volgende_verjaardag_op timestamptz,
  vastgelegd_door_id uuid not null,
  vanaf_op timestamptz not null,
  tot_op timestamptz,
  tot_reden text check ((tot_op is null) = (tot_reden is null))
);
create unique index betrokkenen_ref on betrokkenen (casus_id, ref) where tot_op is null;
create index betrokkenen_verjaardag on betrokkenen (volgende_verjaardag_op) where volgende_verjaardag_op is not null;

-- Each look in the register; the last one counts.
create table gezag (
  id uuid primary key,
  betrokkene_id uuid not null references betrokkenen (id),
  kind_ref text not null,
  heeft_gezag boolean not null,
  bron text not null,
  nagegaan_op timestamptz not null,
  vastgelegd_door_id uuid not null,
  vastgelegd_op timestamptz not null
);
create index gezag_betrokkene_id on gezag (betrokkene_id);

alter table toestemmingen add column ondertekenaars text not null default '';
alter table toestemmingen add column vanaf_op timestamptz;
alter table toestemmingen add column herbevestigen_sinds timestamptz;
alter table toestemmingen add column delen_tot timestamptz;
alter table toestemmingen add column vervangen_op timestamptz;

create table verstrekkingen (
  id uuid primary key,
  casus_id uuid not null,
  persoon_ref text not null,
  doel text not null,
  gegevens text not null,
  ontvanger text not null,
  ontvanger_sleutel uuid not null,
  inhoud text not null,
  grond text not null check (grond in ('toestemming', 'wet')),
  artikel text check ((grond = 'wet') = (artikel is not null)),
  reden text,
  gevraagd_door_id uuid not null,
  gevraagd_op timestamptz not null,
  status text not null check (status in ('wacht', 'geleverd', 'onderdrukt')),
  toestemming_id uuid references toestemmingen (id),
  geleverd_op timestamptz check ((status = 'geleverd') = (geleverd_op is not null)),
  onderdrukt_op timestamptz check ((status = 'onderdrukt') = (onderdrukt_op is not null))
);
create index verstrekkingen_casus_id on verstrekkingen (casus_id);
create index verstrekkingen_ontvanger on verstrekkingen (ontvanger_sleutel);
