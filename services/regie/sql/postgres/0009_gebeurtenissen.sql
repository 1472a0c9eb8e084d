-- Everything that happened in a casus, numbered without gaps; the primary key refuses a number that is there already.

create table gebeurtenissen (
  casus_id uuid not null,
  volgnr integer not null check (volgnr > 0),
  type text not null,
  inhoud text not null,
  op timestamptz not null,
  primary key (casus_id, volgnr)
);
