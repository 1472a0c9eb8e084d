using Microsoft.AspNetCore.Http;

namespace NetwerkRegie.Toezicht.Werkplek;

/// <summary>Iets dat iemand kan doen: wat zij daarvoor invult, en wat er dan naar welke dienst gaat. Een handeling is gegevens, geen pagina.</summary>
/// <param name="Pad">In het adres van haar pagina.</param>
/// <param name="Uitleg">Wat zij doet, en wat zij niet doet aan de regie.</param>
/// <param name="Naar">Het adres bij de dienst.</param>
internal sealed record Handeling<T>(string Pad, string Titel, string Uitleg, string Knop, string Gelukt, IReadOnlyList<Invulveld> Velden, Func<T, string> Naar, Func<Formulier, T, object> Inhoud)
{
    /// <summary>Leest het formulier en verstuurt het.</summary>
    /// <param name="opnieuw">De pagina nog eens, met wat er is ingevuld en wat daar niet aan klopt.</param>
    /// <param name="gelukt">Waar het dan verdergaat.</param>
    public async Task<IResult> DoeAsync(Api api, T over, HttpRequest request, Func<Formulier, ApiNee, Task<IResult>> opnieuw, Func<Task<IResult>> gelukt, CancellationToken ct)
    {
        var formulier = await Formulier.VanAsync(request, ct);
        try
        {
            var inhoud = Inhoud(formulier, over);
            formulier.Klaar();
            await api.PostAsync<object?>(Naar(over), inhoud, ct, formulier.Nummer);
        }
        catch (ApiNee nee) when (nee.IsTeHerstellen)
        {
            return await opnieuw(formulier, nee);
        }

        return await gelukt();
    }
}
