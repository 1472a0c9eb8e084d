using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NetwerkRegie.Contracts;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Termijnen;
using NetwerkRegie.Web;

namespace NetwerkRegie.Intake;

/// <summary>De voordeur: is deze melding geldig, nieuw, en waar gaat zij heen. Bewaart ook wie waarvoor toestemming gaf.</summary>
public sealed class IntakeService : Service<IntakeDbContext>
{
    public override string Name => "intake";
    public override string Title => "Intake";
    public override IReadOnlyList<Type> Consumers { get; } = [typeof(CasusGeopendConsumer), typeof(MeldingGekoppeldConsumer), .. RegieVolgen.In<IntakeDbContext>(), .. Bewaakt.In<IntakeDbContext>()];

    public override void AddServices(IServiceCollection services, IConfiguration configuration, Database database)
    {
        base.AddServices(services, configuration, database);
        services.TryAddSingleton(provider =>
            Termijnboek.Standaard.Met((provider.GetRequiredService<Regio>().Termijnen ?? []).Select(t => new Aanpassing(t.Id, t.Duur, t.Bron))));
        AddLoop<IntakeWekker>(services);
    }

    public override void MapRoutes(IEndpointRouteBuilder routes)
    {
        Rol[] melders = [Rol.Melder, Rol.Dienst, Rol.Regisseur, Rol.School, Rol.Gi, Rol.Rvt];
        var meldingen = routes.MapGroup("/v1/meldingen").WithTags("Meldingen");
        meldingen.MapPost("", MeldingDoen.Post).Voor(melders)
            .WithSummary("Doe een melding")
            .WithDescription("Dezelfde melding nog eens geeft 200 en het eerste antwoord; een andere melding onder hetzelfde nummer wordt geweigerd. Hooguit 64 KiB.")
            .Accepts<MeldingInvoer>("application/json")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        meldingen.MapGet("/{id:guid}", MeldingTonen.Get).Voor([.. melders, Rol.Leidinggevende, Rol.Toezichthouder])
            .WithSummary("Bekijk een melding");

        // Not by role alone: whoever holds the regie may be of any of these.
        Rol[] bijDeCasus = [.. Rollen.Beroepskrachten, Rol.Gezin];
        var toestemmingen = routes.MapGroup("/v1/toestemmingen").WithTags("Toestemmingen").Voor(bijDeCasus);
        toestemmingen.MapGet("", Toestemmingen.GetAlle).WithSummary("Bekijk de toestemmingen van een casus");
        toestemmingen.MapPost("", Toestemmingen.Post).WithSummary("Geef toestemming");
        toestemmingen.MapGet("/{id:guid}", Toestemmingen.Get).WithSummary("Bekijk een toestemming");
        toestemmingen.MapPost("/{id:guid}/intrekking", Toestemmingen.Intrekken).WithSummary("Trek toestemming in");

        var betrokkenen = routes.MapGroup("/v1/betrokkenen").WithTags("Betrokkenen");
        betrokkenen.MapGet("", Betrokkenen.GetAlle).Voor(bijDeCasus).WithSummary("Wie er van het gezin en het eigen netwerk bij een casus hoort");
        betrokkenen.MapPost("", Betrokkenen.Post).Voor(Rollen.Beroepskrachten).WithSummary("Leg vast wie er bij een casus hoort");
        betrokkenen.MapPost("/{id:guid}/gezag", Betrokkenen.Gezag).Voor(Rollen.Beroepskrachten).WithSummary("Leg vast wat het gezagsregister zegt over een kind");
        betrokkenen.MapPost("/{id:guid}/vertrek", Betrokkenen.Vertrek).Voor(Rollen.Beroepskrachten).WithSummary("Iemand hoort niet meer bij de casus en ziet er niets meer van");

        Rol[] ontvangers = [.. Rollen.Beroepskrachten, Rol.School, Rol.Melder, Rol.Dienst];
        var verstrekkingen = routes.MapGroup("/v1/verstrekkingen").WithTags("Verstrekkingen");
        verstrekkingen.MapGet("", Verstrekkingen.GetAlle).Voor(ontvangers).WithSummary("Wat er van een casus is gedeeld, of zonder casus wat er voor uw organisatie te lezen is");
        verstrekkingen.MapPost("", Verstrekkingen.Post).Voor([.. Rollen.Beroepskrachten, Rol.School]).WithSummary("Vraag om iets te delen; zonder grondslag wordt dat geweigerd");
        verstrekkingen.MapGet("/{id:guid}", Verstrekkingen.Get).Voor(ontvangers).WithSummary("Lees wat er is gedeeld; of het mag telt op dit moment");

        var verhuizingen = routes.MapGroup("/v1/verhuizingen").WithTags("Verhuizingen").Voor(Rollen.Beroepskrachten);
        verhuizingen.MapGet("", Verhuizen.GetAlle).WithSummary("Naar welke gemeenten het gezin van een casus ging, voor wie de regie houdt");
        verhuizingen.MapPost("", Verhuizen.Post).WithSummary("Leg vast dat het gezin naar een andere gemeente gaat; de regie blijft waar zij is");

        var inzageverzoeken = routes.MapGroup("/v1/inzageverzoeken").WithTags("Inzageverzoeken");
        inzageverzoeken.MapGet("", Inzageverzoeken.GetAlle).Voor(bijDeCasus).WithSummary("Bekijk de inzageverzoeken van een casus");
        inzageverzoeken.MapPost("", Inzageverzoeken.Post).Voor(bijDeCasus).WithSummary("Vraag om inzage");
        inzageverzoeken.MapGet("/{id:guid}", Inzageverzoeken.Get).Voor(bijDeCasus).WithSummary("Bekijk een inzageverzoek en het antwoord");
        inzageverzoeken.MapPost("/{id:guid}/antwoord", InzageBeantwoorden.Post).Voor(Rollen.Beroepskrachten).WithSummary("Geef inzage, of weiger een deel met uitleg");
        inzageverzoeken.MapPost("/{id:guid}/uitstel", InzageUitstellen.Post).Voor(Rollen.Beroepskrachten).WithSummary("Stel het antwoord een keer twee maanden uit, met de reden");
    }
}
