using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NetwerkRegie.Contracts;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;
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
        typeof(CasusHeropendConsumer),
        typeof(IncidentGemeldConsumer),
        .. Bewaakt.In<KernteamDbContext>(),
    ];

    public override void AddServices(IServiceCollection services, IConfiguration configuration, Database database)
    {
        base.AddServices(services, configuration, database);
        services.TryAddSingleton(provider =>
            Termijnboek.Standaard.Met((provider.GetRequiredService<Regio>().Termijnen ?? []).Select(t => new Aanpassing(t.Id, t.Duur, t.Bron))));
        AddLoop<KernteamWekker>(services);
    }

    public override void MapRoutes(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/kernteams", KernteamTonen.Eigen).Voor(AanTafel).WithTags("Kernteam")
            .WithSummary("De kernteams waarin u zit, met uw stoelen");

        var kernteam = routes.MapGroup("/v1/kernteams/{casusId:guid}").WithTags("Kernteam");

        kernteam.MapGet("", KernteamTonen.Get).Voor([.. AanTafel, Rol.Toezichthouder])
            .WithSummary("Wie in het kernteam van een casus zit, op welke stoel en sinds wanneer");

        kernteam.MapPost("/stoelen", StoelenBezetten.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Bezet stoelen aan tafel, ook voor het gezin en zijn eigen netwerk");
        kernteam.MapPost("/stoelen/{stoel}/rugdekking", RugdekkingGeven.Post).Voor([.. Rollen.Beroepskrachten, Rol.Bestuurder])
            .WithSummary("Geef als organisatie tijd en mandaat aan wie op een stoel zit");

        kernteam.MapGet("/gezinsgesprekken", GezinSpreken.Get).Voor(AanTafel)
            .WithSummary("De gesprekken met het gezin over het plan, het laatste eerst");
        kernteam.MapPost("/gezinsgesprekken", GezinSpreken.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Leg vast wat het gezin zelf zegt over hulp, netwerk en wat het nodig heeft");

        kernteam.MapGet("/opgave", OpgaveVaststellen.Get).Voor(AanTafel)
            .WithSummary("De geldende opgave");
        kernteam.MapPost("/opgave", OpgaveVaststellen.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Stel na de gezamenlijke analyse de opgave vast");

        kernteam.MapGet("/agenda", AgendaMaken.Get).Voor(AanTafel)
            .WithSummary("Wat er de volgende keer vanzelf op tafel ligt");
        kernteam.MapGet("/agendapunten", AgendaMaken.Eigen).Voor([.. AanTafel, Rol.School])
            .WithSummary("De onderdelen waarvoor u als gast aanschoof");

        kernteam.MapPost("/herijkingen", PlanHerijken.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Herijk het plan: drie vragen, drie antwoorden, een nieuwe versie");
        kernteam.MapPost("/themas/{nummer:int}/toezegging", BijdrageToezeggen.Post).Voor(AanTafel)
            .WithSummary("Zeg een bijdrage aan het plan toe");

        kernteam.MapGet("/plannen", PlanVastleggen.Get).Voor(AanTafel)
            .WithSummary("De geldende versie van het ene plan");
        kernteam.MapPost("/plannen", PlanVastleggen.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Leg het plan vast: eerst zoals het met het gezin is besproken, daarna elke nieuwe versie");

        kernteam.MapGet("/koers", KoersVaststellen.Get).Voor(AanTafel)
            .WithSummary("De geldende koers");
        kernteam.MapPost("/koers", KoersVaststellen.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Stel de koers vast, of wijzig haar openlijk");

        kernteam.MapGet("/besluiten", BesluitNemen.Get).Voor(AanTafel)
            .WithSummary("Wat het kernteam samen besloot, het laatste eerst, met wie voor was en wie tegen");
        kernteam.MapPost("/besluiten", BesluitNemen.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Leg een besluit van het kernteam vast, met wat elke stoel ervan vond");

        kernteam.MapGet("/stappen", StapVragen.Get).Voor(AanTafel)
            .WithSummary("De gevraagde stappen, de laatste eerst, en wat er met elk gebeurde");
        kernteam.MapPost("/stappen", StapVragen.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Vraag om een stap; wat tegen de koers ingaat wacht op een besluit, behalve bij acuut gevaar");
        kernteam.MapPost("/stappen/{id:guid}/acuut", StapDoorlaten.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Zet een stap die wacht meteen, om acuut gevaar; het kernteam besluit er alsnog over");

        kernteam.MapGet("/ritme", RitmeAfspreken.Get).Voor(AanTafel)
            .WithSummary("Hoe vaak het kernteam bij elkaar komt, de laatste afspraak eerst");
        kernteam.MapPost("/ritme", RitmeAfspreken.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Spreek af hoe vaak het kernteam bij elkaar komt");

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
        kernteam.MapPost("/acties/{id:guid}/navraag", ActieNavragen.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Leg vast dat is nagevraagd waar het blijft, met de nieuwe datum");

        kernteam.MapGet("/stops", StopIndrukken.Get).Voor(AanTafel)
            .WithSummary("Wanneer de stopknop is ingedrukt, de laatste keer eerst");
        kernteam.MapPost("/stops", StopIndrukken.Post).Voor(AanTafel)
            .WithSummary("Druk op de stopknop; een reden mag, maar hoeft niet");
        kernteam.MapPost("/stops/{id:guid}/opheffing", StopOpheffen.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Ga verder, met antwoord op de drie stopvragen");
    }
}
