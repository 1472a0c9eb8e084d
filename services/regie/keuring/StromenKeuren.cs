using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;

namespace NetwerkRegie.Regie;

/// <summary>De keuring vanaf de opdrachtregel: <c>keur &lt;bestand&gt;...</c>. Dezelfde als bij publiceren.</summary>
public static class StromenKeuren
{
    /// <param name="bestanden">Files with Elsa 3 workflows.</param>
    /// <returns>0 when each of them may be published, 1 when not.</returns>
    /// <exception cref="SettingException">There is no file, or one cannot be read.</exception>
    public static async Task<int> RunAsync(IReadOnlyList<string> bestanden, TextWriter uitvoer)
    {
        if (bestanden.Count == 0)
            throw new SettingException("Noem na 'keur' de bestanden met stromen die gekeurd moeten worden.");
        var keuring = new Keuring(new StapCatalogus(), Termijnboek.Standaard);
        var isGoed = true;
        foreach (var bestand in bestanden)
        {
            var bevindingen = keuring.Keur(await LeesAsync(bestand));
            isGoed &= bevindingen.Count == 0;
            await uitvoer.WriteLineAsync(bevindingen.Count == 0 ? $"{bestand}: goedgekeurd." : $"{bestand}: afgekeurd.");
            foreach (var bevinding in bevindingen)
                await uitvoer.WriteLineAsync($"  - {bevinding.Tekst}");
        }

        return isGoed ? 0 : 1;
    }

    internal static async Task<string> LeesAsync(string bestand)
    {
        try
        {
            return await File.ReadAllTextAsync(bestand);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"Het bestand '{bestand}' is niet te lezen.");
        }
    }
}
