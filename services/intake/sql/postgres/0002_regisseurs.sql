-- Who holds the regie of a casus now: only they read what belongs to it.
create table regisseurs (
  casus_id uuid primary key,
  regisseur_id uuid not null,
  vanaf timestamptz not null
);
