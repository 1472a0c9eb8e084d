-- Investigations that the Raad began by itself, after it told the college.
create table ambtshalve_onderzoeken (
  id uuid primary key,
  casus_id uuid not null,
  kind_refs text not null,
  mededeling text not null check (mededeling <> ''),
  begonnen_op timestamptz not null,
  vastgelegd_door_id uuid not null,
  vastgelegd_op timestamptz not null,
  rapport_op timestamptz,
  verzoekt_maatregel boolean,
  check ((rapport_op is null) = (verzoekt_maatregel is null))
);
-- The same announcement that comes in twice is one.
create unique index een_keer_medegedeeld on ambtshalve_onderzoeken (casus_id, mededeling);
