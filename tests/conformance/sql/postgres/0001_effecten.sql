-- What the consumers of these tests did: one row each time.
create table effecten (
  volgnr bigint generated always as identity primary key,
  bericht_id uuid not null,
  replica text not null
);
