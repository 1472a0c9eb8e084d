-- What the consumers of these tests did: one row each time.
create table effecten (
  volgnr integer primary key autoincrement,
  bericht_id text not null,
  replica text not null
);
