using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Kernteam;

/// <summary>Het kernteam rond een gezin, en wat het samen vastlegt: plan, koers, acties, bijeenkomsten en de stopknop.</summary>
public sealed class KernteamService : Service<KernteamDbContext>
{
    // The school is a partner of the family's plan, not a reader of it.
    private static readonly Rol[] AanTafel = [.. Rollen.Beroepskrachten, Rol.Gezin];

    public override string Name => "kernteam";

    public override string Title => "Kernteam";

    public override IReadOnlyList<Type> Consumers =>
    [
        typeof(KernteamSamenstellenConsumer),
        typeof(KernteamUitbreidenConsumer),
        typeof(RegieOvergedragenConsumer),
        typeof(VervangingGestartConsumer),
        typeof(VervangingBeeindigdConsumer),
        typeof(NoodhouderAangewezenConsumer),
        typeof(NoodoverdrachtGedaanConsumer),
        typeof(CasusAfgeslotenConsumer),
    ];

    public override void MapRoutes(IEndpointRouteBuilder routes)
    {
        var kernteam = routes.MapGroup("/v1/kernteams/{casusId:guid}").WithTags("Kernteam");

        kernteam.MapGet("", KernteamTonen.Get).Voor([.. AanTafel, Rol.Toezichthouder])
            .WithSummary("Wie in het kernteam van een casus zit, op welke stoel en sinds wanneer");

        kernteam.MapGet("/plannen", PlanVastleggen.Get).Voor(AanTafel)
            .WithSummary("De geldende versie van het ene plan");
        kernteam.MapPost("/plannen", PlanVastleggen.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Leg het plan vast: eerst zoals het met het gezin is besproken, daarna elke nieuwe versie");

        kernteam.MapGet("/koers", KoersVaststellen.Get).Voor(AanTafel)
            .WithSummary("De geldende koers");
        kernteam.MapPost("/koers", KoersVaststellen.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Stel de koers vast, of wijzig haar openlijk");

        kernteam.MapGet("/bijeenkomsten", BijeenkomstVastleggen.Get).Voor(AanTafel)
            .WithSummary("De bijeenkomsten, de laatste eerst");
        kernteam.MapPost("/bijeenkomsten", BijeenkomstVastleggen.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Leg een gehouden bijeenkomst vast, met de zes onderdelen van de agenda");

        kernteam.MapGet("/acties", ActieAfspreken.Get).Voor(AanTafel)
            .WithSummary("De acties; wat het eerst klaar moet zijn bovenaan");
        kernteam.MapPost("/acties", ActieAfspreken.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Spreek een actie af: wie, wat, met welke opbrengst, wanneer");
        kernteam.MapPost("/acties/{id:guid}/afronding", ActieAfronden.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Koppel terug of een actie is gelukt");

        kernteam.MapGet("/stops", StopIndrukken.Get).Voor(AanTafel)
            .WithSummary("Wanneer de stopknop is ingedrukt, de laatste keer eerst");
        kernteam.MapPost("/stops", StopIndrukken.Post).Voor(AanTafel)
            .WithSummary("Druk op de stopknop; een reden mag, maar hoeft niet");
        kernteam.MapPost("/stops/{id:guid}/opheffing", StopOpheffen.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Ga verder, met antwoord op de drie stopvragen");
    }
}
