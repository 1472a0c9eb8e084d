-- Investigations that the Raad began by itself, after it told the college.
create table ambtshalve_onderzoeken (
  id text primary key,
  casus_id text not null,
  kind_refs text not null,
  mededeling text not null check (mededeling <> ''),
  begonnen_op text not null,
  vastgelegd_door_id text not null,
  vastgelegd_op text not null,
  rapport_op text,
  verzoekt_maatregel integer,
  check ((rapport_op is null) = (verzoekt_maatregel is null))
);
-- The same announcement that comes in twice is one.
create unique index een_keer_medegedeeld on ambtshalve_onderzoeken (casus_id, mededeling);
