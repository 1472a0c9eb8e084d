using NetwerkRegie.Scenarios.Tests.Chaos;
using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>Wat er in een verhaal tegenzit. De tijdlijnen moeten er niet anders van worden.</summary>
public enum Weer
{
    Rustig,

    /// <summary>Elk bericht komt twee keer.</summary>
    Dubbel,

    /// <summary>Berichten van een handeling komen in willekeurige volgorde.</summary>
    Dooreen,

    /// <summary>Na elke handeling, en na elke commit die iets te vertellen heeft, valt het proces uit met SIGKILL.</summary>
    Uitval,

    /// <summary>De klok gaat met een dag tegelijk.</summary>
    PerDag,
}

/// <summary>
/// De afspraken die na elke stap van elk verhaal gelden (R1-R10), voor zover zij aan wat vaststaat te zien zijn. Nagekeken in de
/// database, zonder de regels van het programma te gebruiken.
/// </summary>
internal static class Afspraken
{
    private static readonly (string Afspraak, string Vraag)[] Regels =
    [
        // A person behind each holder, and a last resort behind that person's team.
        ("R2: de houder heeft geen vervanger in dienst", """
            select c.id from casussen c join perioden p on p.casus_id = c.id and p.lijn = 'regie' and p.volgnr = c.regie_volgnr
            where c.is_open and not exists (
                select 1 from vervangers v join professionals m on m.id = v.vervanger_id and m.is_actief
                where upper(cast(v.professional_id as text)) = upper(coalesce(cast(p.principaal_id as text), p.waarde)))
            """),
        ("R2: de casus heeft geen houder in laatste instantie", """
            select c.id from casussen c where c.is_open and not exists (
                select 1 from teams t join professionals m on m.id = t.leidinggevende_id and m.is_actief where t.id = c.team_id)
            """),
        // Each change of holder belongs to something a person did, and an ordinary one to a conversation that ended then.
        ("R3: een periode van de regie zonder gesprek, vervanging of nood", """
            select p.casus_id from perioden p where p.lijn = 'regie' and p.volgnr > 1
            and p.bron not like 'vervanging %' and p.bron not like 'noodoverdracht %' and p.bron not like 'heropening%'
            and not exists (select 1 from overdrachten o where o.casus_id = p.casus_id and p.bron like 'overdracht %'
                and o.gesprek_beeindigd_op is not null and p.vanaf >= o.gesprek_beeindigd_op and o.status in ('effectief', 'nazorg', 'afgesloten'))
            """),
        ("R5: een weigering of stilte zonder knelpunt", """
            select o.casus_id from overdrachten o where o.status in ('geweigerd', 'verlopen')
            and (select count(*) from knelpunten k where k.casus_id = o.casus_id and k.soort = 'wie')
                < (select count(*) from overdrachten w where w.casus_id = o.casus_id and w.status in ('geweigerd', 'verlopen'))
            """),
        ("R7: een mens wacht zonder termijn of zonder wie kan vlottrekken", """
            select w.casus_id from wachtpunten w where w.afgehandeld_op is null and w.voor_rol is distinct from 'klok'
            and (w.verloopt_op is null or w.vlottrekker is null)
            """),
        ("R10: een bericht dat niemand kon verwerken", "select id from onverwerkbare_berichten"),
    ];

    /// <summary>
    /// Alles gebeurde, op zijn moment en een keer. Wat een andere dienst vertelt komt over de bus, en kan binnen een moment voor of na iets
    /// anders aankomen; wat regie zelf doet heeft altijd een volgorde.
    /// </summary>
    public static void ZoGebeurd(IReadOnlyList<string> verwacht, IReadOnlyList<string> gebeurd)
    {
        Assert.Equal(verwacht.Order(StringComparer.Ordinal), gebeurd.Order(StringComparer.Ordinal));
        Assert.Equal(verwacht.Where(VanRegie), gebeurd.Where(VanRegie));

        static bool VanRegie(string gebeurtenis) => gebeurtenis.Split(' ')[2].Split('.') is ["casussen" or "regie" or "knelpunten", _] or ["kaders", "gewijzigd" or "beeindigd"] or ["schalen", "opgeschaald" or "afgeschaald"];
    }

    public static async Task<IReadOnlyList<string>> Schendingen(Stad stad)
    {
        var fouten = new List<string>(await Behoud.GebrokenLijnen(stad));
        foreach (var (afspraak, vraag) in Regels)
            fouten.AddRange((await stad.Opslag.Rijen("regie", vraag)).Select(rij => $"{afspraak}: {rij[0]}"));
        return fouten;
    }
}
