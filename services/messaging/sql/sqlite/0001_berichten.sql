-- What every service has: messages that still have to leave, receipts of messages handled, and messages nobody could handle.
create table outbox (
  volgnr integer primary key autoincrement,
  id text not null,
  sleutel text not null,
  type text not null,
  inhoud text not null,
  aangemaakt_op text not null
);

create table inbox (
  bericht_id text not null,
  consumer text not null,
  ontvangen_op text not null,
  primary key (bericht_id, consumer)
);
create index inbox_ontvangen_op on inbox (ontvangen_op);

create table onverwerkbare_berichten (
  id text primary key,
  wachtrij text not null,
  type text not null,
  reden text not null,
  inhoud text not null,
  op text not null
);
