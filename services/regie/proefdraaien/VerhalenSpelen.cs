using NetwerkRegie.Contracts;
using NetwerkRegie.Engine;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>Proefdraaien vanaf de opdrachtregel: <c>proef &lt;stroom.json&gt; &lt;verhaal.txt&gt;</c>, naast de stroom die bij dit programma hoort.</summary>
public static class VerhalenSpelen
{
    /// <returns>0 als elke Dan klopt, 1 als dat niet zo is.</returns>
    /// <exception cref="SettingException">Een bestand is niet te lezen, of de stroom of het verhaal klopt niet.</exception>
    public static async Task<int> RunAsync(IReadOnlyList<string> bestanden, Regio regio, TextWriter uitvoer)
    {
        if (bestanden is not [var stroom, var verhaal])
            throw new SettingException("Noem na 'proef' het bestand van de stroom en dat van het verhaal.");
        try
        {
            var verslag = await SpeelAsync(await StromenKeuren.LeesAsync(stroom), await StromenKeuren.LeesAsync(verhaal), regio);
            await SchrijfAsync(verslag, uitvoer);
            return verslag.Ontwerp.Houdt ? 0 : 1;
        }
        catch (OngeldigeInvoer fout)
        {
            throw new SettingException(string.Join(Environment.NewLine, fout.Fouten.Select(f => f.Melding)));
        }
    }

    internal static Task<Proefverslag> SpeelAsync(string stroom, string verhaal, Regio regio)
    {
        var termijnen = Termijnboek.Standaard.Met((regio.Termijnen ?? []).Select(t => new Aanpassing(t.Id, t.Duur, t.Bron)));
        var stappen = new StapCatalogus();
        var id = Tekening.Tekst(Tekening.Lees(stroom), "definitionId") ?? "";
        var gepubliceerd = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "definities"), "*.json").Order(StringComparer.Ordinal)
            .Select(bestand => WorkflowDefinition.Parse(File.ReadAllText(bestand))).Select(d => new StroomVersie(d.DefinitionId, d.Version, false, true, default, d.ToJson())).ToList();
        var nu = gepubliceerd.Find(s => s.Id == id);
        // The file is compared with what is published here, unless it is that.
        var (ontwerp, ernaast) = Decor.Paar(new(id, nu is null ? 1 : nu.Inhoud == stroom ? nu.Nummer : nu.Nummer + 1, true, false, default, stroom), gepubliceerd, regio, termijnen, stappen);
        return Proefverslag.SpeelAsync(Verhaal.Lees(verhaal, regio, termijnen, stappen), ontwerp, ernaast, CancellationToken.None);
    }

    private static async Task SchrijfAsync(Proefverslag verslag, TextWriter uitvoer)
    {
        await uitvoer.WriteLineAsync($"Verhaal: {verslag.Verhaal}");
        var (vorige, vorigeErnaast) = (new HashSet<string>(), new HashSet<string>());
        foreach (var regel in verslag.Regels)
        {
            await uitvoer.WriteLineAsync($"{regel.Nummer,4}  {regel.Tekst}");
            var nieuw = Nieuw(regel.Ontwerp, ref vorige);
            var ernaast = Nieuw(regel.Gepubliceerd, ref vorigeErnaast);
            if (verslag.Gepubliceerd is null)
                ernaast = nieuw;
            await SchrijfAsync("", nieuw.Intersect(ernaast), uitvoer);
            await SchrijfAsync($"versie {verslag.Ontwerp.Versie}: ", nieuw.Except(ernaast), uitvoer);
            await SchrijfAsync($"versie {verslag.Gepubliceerd?.Versie}: ", ernaast.Except(nieuw), uitvoer);
        }

        if (verslag.EersteVerschil is { } verschil)
            await uitvoer.WriteLineAsync($"Eerste verschil. {verschil}");
        await uitvoer.WriteLineAsync(verslag.Ontwerp.Houdt ? "Het verhaal klopt." : "Het verhaal klopt niet.");
    }

    // What was not so on the line before; a story that tells everything again is not read.
    private static List<string> Nieuw(Proefstand? stand, ref HashSet<string> vorige)
    {
        if (stand is null)
            return [];
        var feiten = stand.Feiten().Select(f => f.Zin).ToList();
        var nieuw = feiten.Except(vorige).ToList();
        vorige = [.. feiten];
        if (stand.WatErWas is { } anders)
            nieuw.Insert(0, $"KLOPT NIET: {anders}");
        return nieuw;
    }

    private static async Task SchrijfAsync(string kop, IEnumerable<string> zinnen, TextWriter uitvoer)
    {
        foreach (var zin in zinnen)
            await uitvoer.WriteLineAsync($"        {kop}{zin}");
    }
}
