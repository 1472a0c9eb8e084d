-- What a decision above the work floor needs: an owner, a date and the money.
alter table knelpunten add column eigenaar_id uuid;
alter table knelpunten add column uitvoeren_voor timestamptz;
alter table knelpunten add column bedrag integer check (bedrag >= 0);

-- Since when nobody knows of a service, as was told; empty when all is known.
alter table diensten add column geen_gegevens_sinds timestamptz;
