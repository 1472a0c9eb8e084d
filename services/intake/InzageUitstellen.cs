using Microsoft.AspNetCore.Http.HttpResults;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Intake;

/// <param name="Reden">Waarom een maand te kort is; de vrager leest dit.</param>
public sealed record InzageUitstelInvoer(string? Reden);

/// <summary>Een moeilijk verzoek mag twee maanden langer duren, als de vrager dat met de reden in de eerste maand hoort. AVG art. 12 lid 3.</summary>
internal static class InzageUitstellen
{
    public const string TermijnId = "avg-verlenging";

    public static Task<Ok<InzageverzoekWeergave>> Post(
        Guid id, InzageUitstelInvoer invoer, Actor actor, IntakeDbContext db, Database database, Termijnboek termijnboek, TimeProvider time, CancellationToken ct)
    {
        new Invoer().EisTekst(invoer.Reden, "/reden", "De reden", 1000).EisSchoneTekst(invoer.Reden, "/reden").Klaar();
        var nu = time.Nu();
        return Inzageverzoeken.Wijzig(db, database, id, actor, nu, verzoek => verzoek.Uitstellen(invoer.Reden!, Tot(verzoek, termijnboek), nu), ct);
    }

    private static DateTimeOffset Tot(Inzageverzoek verzoek, Termijnboek termijnboek) =>
        termijnboek[TermijnId].Verloopt(NederlandseKalender.Begin(termijnboek[Inzageverzoek.TermijnId].LaatsteDag(verzoek.IngediendOp)));
}
