using System.Globalization;
using NetwerkRegie.Engine;
using NetwerkRegie.Termijnen;

namespace NetwerkRegie.Regie;

/// <summary>Hoe het met een stroom staat, in een zin voor wie het kan verhelpen: op wie, sinds wanneer, tot wanneer, wie kan vlottrekken.</summary>
internal static class Wachtzin
{
    /// <param name="open">De open wachtpunten van deze stroom.</param>
    /// <param name="namen">Wie er in de regio werken.</param>
    /// <param name="storingen">Waar zij op stilstaat, als dat zo is.</param>
    public static string Van(Stroom stroom, string toestand, IReadOnlyList<Incident> storingen, IReadOnlyList<Wachtpunt> open, IReadOnlyDictionary<Guid, Professional> namen, IReadOnlyDictionary<string, DienstAntwoord> diensten)
    {
        var wacht = Ergste(open, namen);
        return toestand switch
        {
            Toestanden.Geblokkeerd => stroom.Blokkade switch
            {
                Blokkades.Storing => $"Staat stil door een storing sinds {Moment(stroom.BijgewerktOp)}{(storingen is [var storing, ..] ? $", bij '{storing.ActivityName ?? storing.ActivityId}': {storing.ToSentence()}" : ".")} Een toezichthouder kan het opnieuw proberen of teruggaan naar een eerdere stap.",
                Blokkades.Bericht => $"Een bericht voor deze stroom kon niet worden verwerkt; een toezichthouder kan het opnieuw aanbieden.{(wacht is null ? "" : $" {Wacht(wacht, namen)}")}",
                Blokkades.UitDienst => $"{Wacht(wacht!, namen)} Die werkt hier niet meer; een toezichthouder kan de taak aan een ander geven.",
                _ => $"{(wacht is null ? "" : $"{Wacht(wacht, namen)} ")}De casus is al afgesloten, dus hier komt niets meer; een toezichthouder kan deze stroom afbreken.",
            },
            Toestanden.GeenGegevens => $"{Onzeker(stroom.Dienst!, diensten.GetValueOrDefault(stroom.Dienst!))} {(wacht is null ? "" : Wacht(wacht, namen))}".TrimEnd(),
            Toestanden.Herstel => $"Er is hersteld op {Moment(stroom.HerstelOp!.Value)}; het antwoord van de dienst {stroom.Dienst} moet nog komen.",
            Toestanden.Loopt => open.Where(w => w.VerlooptOp is not null).MinBy(w => w.VerlooptOp) is { } klok ? $"Wacht op niemand; gaat verder op {Moment(klok.VerlooptOp!.Value)}." : "Wacht op niemand.",
            _ => wacht is null ? "Wacht." : $"{Wacht(wacht, namen)} {Tot(wacht)}",
        };
    }

    /// <summary>Wat het langst of het eerst klemt.</summary>
    public static Wachtpunt? Ergste(IReadOnlyList<Wachtpunt> open, IReadOnlyDictionary<Guid, Professional> namen) => open.Where(w => w.VoorRol != Wachtpunt.VoorKlok)
        .OrderBy(w => !(w.VoorId is { } id && namen.GetValueOrDefault(id)?.IsActief == false)).ThenBy(w => w.TeLangSinds ?? DateTimeOffset.MaxValue).ThenBy(w => w.VerlooptOp ?? DateTimeOffset.MaxValue).FirstOrDefault();

    /// <summary>Op wie, in woorden.</summary>
    public static string Wie(Wachtpunt w, IReadOnlyDictionary<Guid, Professional> namen) => w switch
    {
        { VoorId: { } id } => namen.GetValueOrDefault(id)?.Naam ?? "een persoon",
        { VoorIds: not null, VoorRol: "leidinggevende" } => "een leidinggevende van de betrokken teams",
        { VoorIds: not null } => "een van de contactpersonen",
        { VoorRol: "regisseur" } => "wie de regie houdt",
        { VoorRol: "rvt" } => "het RVT",
        { VoorRol: "leidinggevende" } => "de leidinggevende van het team",
        { VoorRol: "bestuurder" } => "een bestuurder",
        { Dienst: { } dienst } => $"de dienst {dienst}",
        { VoorRol: Wachtpunt.VoorKlok } => "een datum",
        { VoorRol: { } rol } => rol,
        _ => "een datum",
    };

    public static string Moment(DateTimeOffset moment)
    {
        var hier = NederlandseKalender.LokaalAls(moment);
        return string.Create(CultureInfo.InvariantCulture, $"{NederlandseKalender.Voluit(DateOnly.FromDateTime(hier.DateTime))} om {hier:HH:mm}");
    }

    // Nothing here is to be repaired: what was asked is kept, and is heard as soon as somebody listens again.
    private static string Onzeker(string naam, DienstAntwoord? dienst) => dienst is { IsStil: false, ZonderAfnemerSinds: { } sinds }
        ? $"De dienst {naam} werkt, maar neemt sinds {Moment(sinds)} niets uit de {(dienst.ZonderAfnemer.Count == 1 ? "wachtrij" : "wachtrijen")} {string.Join(", ", dienst.ZonderAfnemer)}. Vraag haar beheerder die te starten; dan gaat deze stroom vanzelf verder."
        : $"Wij weten {(dienst?.GehoordOp is { } gehoord ? $"sinds {Moment(gehoord)}" : "nog")} niet of de dienst {naam} werkt. Vraag haar beheerder te kijken; zodra zij weer van zich laat horen, is hier te zien hoe het staat.";

    private static string Wacht(Wachtpunt w, IReadOnlyDictionary<Guid, Professional> namen) => $"Wacht sinds {Moment(w.WachtSinds)} op {Wie(w, namen)}: '{w.Titel}'.";

    private static string Tot(Wachtpunt w) =>
        (w.TeLangSinds is { } teLang ? $"Dat had uiterlijk {Moment(teLang)} gemoeten{(w.Ronde > 1 ? $" en is {w.Ronde} keer gevraagd" : "")}." : w.VerlooptOp is { } tot ? $"Verwacht uiterlijk {Moment(tot)}." : "")
        + (w.Vlottrekker is { } vlottrekker ? $" Vlottrekken kan: {vlottrekker}." : "");
}
