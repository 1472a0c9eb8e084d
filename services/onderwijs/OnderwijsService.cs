using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regisseurs;
using NetwerkRegie.Web;

namespace NetwerkRegie.Onderwijs;

/// <summary>De school: wat zij meldt, en het weinige dat zij mag weten, tot een einddatum.</summary>
public sealed class OnderwijsService : Service<OnderwijsDbContext>
{
    public override string Name => "onderwijs";

    public override string Title => "Onderwijs";

    public override IReadOnlyList<Type> Consumers =>
    [
        typeof(SchoolInformerenConsumer),
        typeof(CasusAfgeslotenConsumer),
        typeof(ToestemmingVerleendConsumer),
        typeof(ToestemmingIngetrokkenConsumer),
        typeof(HerbevestigingNodigConsumer),
        .. RegieVolgen.In<OnderwijsDbContext>(),
        .. Bewaakt.In<OnderwijsDbContext>(),
    ];

    public override void MapRoutes(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/verzuimmeldingen", VerzuimMelden.Post).Voor(Rol.School, Rol.Dienst).WithTags("Verzuim")
            .WithSummary("Meld verzuim; hetzelfde nummer van dezelfde school telt een keer");
        routes.MapGet("/v1/verzuimmeldingen", VerzuimTonen.Get).Voor(Rollen.Beroepskrachten).WithTags("Verzuim")
            .WithSummary("Het verzuim dat scholen in een casus doorgaven, en wat zij daarop hoorden");
        routes.MapPost("/v1/verzuimmeldingen/{id:guid}/terugkoppeling", VerzuimTerugkoppelen.Post).Voor(Rollen.Beroepskrachten).WithTags("Verzuim")
            .WithSummary("Laat de school weten wat er met haar verzuimmelding gebeurt, in een van drie antwoorden");

        // Not by role alone: whoever holds the regie may be of any of these.
        var scholen = routes.MapGroup("/v1/scholen").WithTags("Scholen");
        scholen.MapGet("", SchoolBetrekken.Get).Voor(Rollen.Beroepskrachten)
            .WithSummary("De scholen die bij een casus betrokken zijn of waren");
        scholen.MapPost("", SchoolBetrekken.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Betrek een school: wat zij mag weten, en tot wanneer");
        scholen.MapPost("/{id:guid}/beeindiging", DelenBeeindigen.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Deel vanaf nu niets meer met deze school");

        routes.MapGet("/v1/berichten", BerichtenTonen.Get).Voor(Rol.School).WithTags("Berichten")
            .WithSummary("De berichten voor uw school, zolang er met haar wordt gedeeld");
    }
}
