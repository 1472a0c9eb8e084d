namespace NetwerkRegie.Scenarios.Tests.Chaos;

/// <summary>
/// Wat er ook uitvalt: elke aangenomen melding heeft precies een casus, elke stap precies een gevolg, en de regielijn heeft geen
/// gat en geen overlap. Nagekeken in de databases zelf.
/// </summary>
internal static class Behoud
{
    // One statement, so one snapshot: it may be asked at any moment, also while everything moves or nothing runs.
    private const string GebrokenRegielijnen = """
        select 'niet precies een open periode', c.id from casussen c
        where c.is_open and (select count(*) from perioden p where p.casus_id = c.id and p.lijn = 'regie' and p.tot is null) <> 1
        union all
        select 'gat of sprong', p.casus_id from perioden p
        where p.lijn = 'regie' and p.volgnr > 1 and not exists (select 1 from perioden v where v.casus_id = p.casus_id and v.lijn = 'regie' and v.volgnr = p.volgnr - 1 and v.tot = p.vanaf)
        union all
        select 'overlap', a.casus_id from perioden a join perioden b on b.casus_id = a.casus_id and b.lijn = 'regie' and b.volgnr > a.volgnr
        where a.lijn = 'regie' and (a.tot is null or a.tot > b.vanaf)
        union all
        select 'begint niet met de casus', c.id from casussen c
        where not exists (select 1 from perioden p where p.casus_id = c.id and p.lijn = 'regie' and p.volgnr = 1 and p.vanaf = c.geopend_op)
        union all
        select 'houder bestaat niet', p.casus_id from perioden p
        where p.lijn = 'regie' and not exists (select 1 from professionals m where upper(cast(m.id as text)) = upper(p.waarde))
        and not exists (select 1 from afsluitingen a where a.casus_id = p.casus_id and a.op = p.vanaf and a.heropend_op = p.tot and p.waarde = 'niemand')
        """;

    public static async Task<IReadOnlyList<string>> GebrokenLijnen(Stad stad) =>
        [.. (await stad.Opslag.Rijen("regie", GebrokenRegielijnen)).Select(rij => $"regielijn {rij[1]}: {rij[0]}")];

    /// <summary>Wat er niet klopt; leeg als alles er precies een keer is en niets meer onderweg.</summary>
    /// <param name="aangenomen">Het gezin bij elke melding die is aangenomen.</param>
    public static async Task<IReadOnlyList<string>> Schendingen(Stad stad, IReadOnlyDictionary<Guid, string> aangenomen)
    {
        var fouten = new List<string>(await GebrokenLijnen(stad));
        foreach (var dienst in new[] { "intake", "regie", "kernteam", "veiligheid", "onderwijs" })
            foreach (var tabel in new[] { "outbox", "onverwerkbare_berichten" })
                if (await stad.Opslag.Aantal(dienst, $"select count(*) from {tabel}") is var over and > 0)
                    fouten.Add($"{dienst}: {over} in {tabel}");

        var meldingen = (await stad.Opslag.Rijen("intake", "select id, casus_id from meldingen")).ToDictionary(rij => Guid.Parse(rij[0]), rij => rij[1]);
        var casussen = (await stad.Opslag.Rijen("regie", "select gezin_ref, id from casussen")).ToLookup(rij => rij[0], rij => Guid.Parse(rij[1]));
        var kernteams = (await stad.Opslag.Rijen("kernteam", "select casus_id from kernteams")).Select(rij => Guid.Parse(rij[0])).ToHashSet();
        var stromen = await PerCasus(stad, "select casus_id, count(*) from stromen where definitie_id = 'melding-tot-regisseur' group by casus_id");
        var eerste = await PerCasus(stad, "select casus_id, count(*) from wachtpunten where titel = 'Eerste contact met het gezin' group by casus_id");
        var volgende = await PerCasus(stad, "select casus_id, count(*) from wachtpunten where titel = 'Een nieuwe melding bij deze casus beoordelen' group by casus_id");

        Eis(aangenomen.Keys.ToHashSet().SetEquals(meldingen.Keys), $"{aangenomen.Count} meldingen aangenomen, {meldingen.Count} bewaard");
        foreach (var gezin in aangenomen.GroupBy(a => a.Value, a => a.Key))
        {
            if (casussen[gezin.Key].ToArray() is not [var casus])
            {
                fouten.Add($"{gezin.Key}: {casussen[gezin.Key].Count()} casussen");
                continue;
            }

            Eis(gezin.All(m => meldingen.GetValueOrDefault(m) is { Length: > 0 } van && Guid.Parse(van) == casus), $"{gezin.Key}: een melding weet haar casus niet");
            Eis(kernteams.Contains(casus), $"{gezin.Key}: geen kernteam");
            Eis(stromen.GetValueOrDefault(casus) == gezin.Count(), $"{gezin.Key}: {stromen.GetValueOrDefault(casus)} stromen bij {gezin.Count()} meldingen");
            Eis(eerste.GetValueOrDefault(casus) == 1, $"{gezin.Key}: {eerste.GetValueOrDefault(casus)} keer een eerste taak");
            Eis(volgende.GetValueOrDefault(casus) == gezin.Count() - 1, $"{gezin.Key}: {volgende.GetValueOrDefault(casus)} taken bij {gezin.Count() - 1} volgende meldingen");
        }

        Eis(kernteams.Count == casussen.Count, $"{kernteams.Count} kernteams bij {casussen.Count} casussen");
        return fouten;

        void Eis(bool klopt, string fout)
        {
            if (!klopt)
                fouten.Add(fout);
        }
    }

    private static async Task<Dictionary<Guid, long>> PerCasus(Stad stad, string vraag) =>
        (await stad.Opslag.Rijen("regie", vraag)).ToDictionary(rij => Guid.Parse(rij[0]), rij => long.Parse(rij[1], null));
}
