namespace NetwerkRegie.Toezicht.Werkplek;

/// <summary>Iets dat iemand kan doen: wat zij daarvoor invult, en wat er dan naar welke dienst gaat. Een handeling is gegevens, geen pagina.</summary>
/// <param name="Pad">In het adres van haar pagina.</param>
/// <param name="Uitleg">Wat zij doet, en wat zij niet doet aan de regie.</param>
/// <param name="Naar">Het adres bij de dienst.</param>
internal sealed record Handeling<T>(string Pad, string Titel, string Uitleg, string Knop, string Gelukt, IReadOnlyList<Invulveld> Velden, Func<T, string> Naar, Func<Formulier, T, object> Inhoud)
{
    /// <exception cref="ApiNee">Er was iets niet te lezen, of de dienst zegt nee.</exception>
    public Task DoeAsync(Api api, T over, Formulier formulier, CancellationToken ct)
    {
        var inhoud = Inhoud(formulier, over);
        formulier.Klaar();
        return api.PostAsync<object?>(Naar(over), inhoud, ct, formulier.Nummer);
    }
}
