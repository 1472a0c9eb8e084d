-- What every service has: messages that still have to leave, receipts of messages handled, and messages nobody could handle.
create table outbox (
  volgnr bigint generated always as identity primary key,
  id uuid not null,
  sleutel uuid not null,
  type text not null,
  inhoud text not null,
  aangemaakt_op timestamptz not null
);

create table inbox (
  bericht_id uuid not null,
  consumer text not null,
  ontvangen_op timestamptz not null,
  primary key (bericht_id, consumer)
);
create index inbox_ontvangen_op on inbox (ontvangen_op);

create table onverwerkbare_berichten (
  id uuid primary key,
  wachtrij text not null,
  type text not null,
  reden text not null,
  inhoud text not null,
  op timestamptz not null
);
