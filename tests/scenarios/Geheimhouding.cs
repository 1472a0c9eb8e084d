using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Xunit;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>
/// Houdt bij wat een stad aan anderen vertelt, en zoekt daarin naar wat nergens mag staan: in berichten, in wat ervan bewaard blijft, in de
/// toestand van stromen, in logregels, adressen en fouten.
/// </summary>
public sealed partial class Geheimhouding
{
    private static readonly string[] Diensten = ["intake", "regie", "kernteam", "veiligheid", "onderwijs"];

    // What is about to be told, was told, or says what happened; not the tables in which a service keeps its own content.
    private static readonly string[] Algemeen = ["proef_verzonden", "outbox", "inbox", "onverwerkbare_berichten"];
    private static readonly string[] VanRegie = [.. Algemeen, "stromen", "wachtpunten", "journaal", "gezinsberichten", "inzagen"];

    private readonly Stad _stad;

    private Geheimhouding(Stad stad) => _stad = stad;

    /// <summary>Vanaf nu blijft van elk bericht een afschrift bewaard; zelf bewaart een stad alleen wat nog weg moet.</summary>
    public static async Task<Geheimhouding> Volg(Stad stad)
    {
        foreach (var dienst in Diensten)
        {
            await using var verbinding = await stad.Opslag.Open(dienst);
            await using var opdracht = verbinding.CreateCommand();
            opdracht.CommandText = "create table proef_verzonden (id text, sleutel text, type text, inhoud text); " + Afschrift(verbinding);
            await opdracht.ExecuteNonQueryAsync();
        }

        return new(stad);
    }

    /// <summary>Hoeveel berichten er zijn verteld.</summary>
    public async Task<long> Verteld()
    {
        var aantal = 0L;
        foreach (var dienst in Diensten)
            aantal += await _stad.Opslag.Aantal(dienst, "select count(*) from proef_verzonden");
        return aantal;
    }

    /// <summary>Geen van deze teksten staat ergens waar zij niet hoort. Noemt de plaats, en nooit de tekst zelf.</summary>
    public async Task NietsGelekt(params IReadOnlyList<string> geheimen)
    {
        var plaatsen = new List<(string Plaats, string Tekst)>();
        foreach (var dienst in Diensten)
            foreach (var tabel in dienst == "regie" ? VanRegie : Algemeen)
                plaatsen.AddRange((await _stad.Opslag.Rijen(dienst, $"select * from {tabel}")).Select(rij => ($"tabel {tabel} van {dienst}: {rij.FirstOrDefault(kolom => kolom.StartsWith("NetwerkRegie.", StringComparison.Ordinal))}", string.Join('\n', rij))));
        plaatsen.AddRange(_stad.Processen.Select(p => ($"logboek van {p.Naam}", p.Proces.Logboek)));
        plaatsen.AddRange(_stad.Antwoorden.Select(a => ($"adres {a.Vraag.Split('?')[0]}", $"{a.Vraag} {a.Locatie}")));
        plaatsen.AddRange(_stad.Antwoorden.Where(a => a.Status >= 400).Select(a => ($"fout {a.Status} op {a.Vraag.Split('?')[0]}", a.Tekst)));

        var lekken = plaatsen.Select(p => (p.Plaats, Tekst: Leesbaar(p.Tekst)))
            .SelectMany(p => geheimen.Select((geheim, i) => (p.Plaats, Nummer: i, Lekt: p.Tekst.Contains(geheim, StringComparison.OrdinalIgnoreCase))))
            .Where(l => l.Lekt).Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Plaats}: geheim {l.Nummer}")).Distinct();
        Assert.Empty(lekken);
    }

    // A name with an accent is the same name in JSON and in an address.
    private static string Leesbaar(string tekst) =>
        Uri.UnescapeDataString(Codepunt().Replace(tekst, m => ((char)int.Parse(m.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()));

    private static string Afschrift(DbConnection verbinding) => verbinding is SqliteConnection
        ? "create trigger proef_verzonden_bij after insert on outbox begin insert into proef_verzonden values (new.id, new.sleutel, new.type, new.inhoud); end"
        : """
          create function proef_verzend() returns trigger language plpgsql as $$ begin insert into proef_verzonden values (new.id::text, new.sleutel::text, new.type, new.inhoud::text); return new; end $$;
          create trigger proef_verzonden_bij after insert on outbox for each row execute function proef_verzend()
          """;

    [GeneratedRegex(@"\\u([0-9a-fA-F]{4})")]
    private static partial Regex Codepunt();
}
