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

namespace NetwerkRegie.Veiligheid;

/// <summary>Het advies van het RVT, en incidenten tot een mens ze heeft.</summary>
public sealed class VeiligheidService : Service<VeiligheidDbContext>
{
    public override string Name => "veiligheid";

    public override string Title => "Veiligheid";

    public override IReadOnlyList<Type> Consumers =>
    [
        typeof(ConsultVragenConsumer),
        typeof(CasusGeopendConsumer),
        typeof(KaderGewijzigdConsumer),
        typeof(CasusAfgeslotenConsumer),
        typeof(CasusHeropendConsumer),
        typeof(VtoOpnieuwVersturenConsumer),
        .. RegieVolgen.In<VeiligheidDbContext>(),
        .. Bewaakt.In<VeiligheidDbContext>(),
    ];

    public override void AddServices(IServiceCollection services, IConfiguration configuration, Database database)
    {
        base.AddServices(services, configuration, database);
        services.TryAddSingleton<ICorv, CorvSimulator>();
        services.TryAddSingleton(provider =>
            Termijnboek.Standaard.Met((provider.GetRequiredService<Regio>().Termijnen ?? []).Select(t => new Aanpassing(t.Id, t.Duur, t.Bron))));
        AddLoop<VeiligheidWekker>(services);
    }

    public override void MapRoutes(IEndpointRouteBuilder routes)
    {
        var consulten = routes.MapGroup("/v1/consulten").WithTags("Consulten");
        consulten.MapGet("", ConsultTonen.Lijst).Voor(Rol.Rvt, Rol.Toezichthouder, Rol.Leidinggevende)
            .WithSummary("De consulten, wie het langst wacht eerst; zonder inhoud");
        consulten.MapGet("/{id:guid}", ConsultTonen.Get).Voor([.. Rollen.Beroepskrachten, Rol.Toezichthouder])
            .WithSummary("Een consult met het advies, voor het RVT en de regisseur van de casus");
        consulten.MapPost("/{id:guid}/antwoord", ConsultBeantwoorden.Post).Voor(Rol.Rvt)
            .WithSummary("Geef advies; maatregelen worden hooguit klaargezet, nooit toegepast");

        var incidenten = routes.MapGroup("/v1/incidenten").WithTags("Incidenten");
        incidenten.MapGet("", IncidentMelden.Get).Voor([.. Rollen.Beroepskrachten, Rol.Toezichthouder])
            .WithSummary("De incidenten van een casus, het laatste eerst");
        incidenten.MapPost("", IncidentMelden.Post).Voor([.. Rollen.Beroepskrachten, Rol.School, Rol.Melder])
            .WithSummary("Meld een incident");
        incidenten.MapPost("/{id:guid}/bevestiging", IncidentBevestigen.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Bevestig als mens dat u dit incident hebt; alleen de regisseur van nu of het RVT");

        var standby = routes.MapGroup("/v1/standbymaatregelen").WithTags("Standby");
        standby.MapGet("", StandbyZetten.Get).Voor([.. Rollen.Beroepskrachten, Rol.Toezichthouder])
            .WithSummary("Wat voor een casus klaarstaat of stond");
        standby.MapPost("", StandbyZetten.Post).Voor(Rol.Rvt)
            .WithSummary("Zet een maatregel klaar, met een einde of een moment van toetsen; toegepast wordt zij nooit vanzelf");
        standby.MapPost("/{id:guid}/opheffing", StandbyOpheffen.Post).Voor(Rol.Rvt)
            .WithSummary("De maatregel staat niet meer klaar");

        var kindcontacten = routes.MapGroup("/v1/kindcontacten").WithTags("Kindcontact");
        kindcontacten.MapGet("", KindcontactVastleggen.Get).Voor([.. Rollen.Beroepskrachten, Rol.Toezichthouder])
            .WithSummary("Wanneer elk kind van een casus het laatst is gezien");
        kindcontacten.MapPost("", KindcontactVastleggen.Post).Voor(Rollen.Beroepskrachten)
            .WithSummary("Leg vast dat u het kind zag of sprak");

        var vtos = routes.MapGroup("/v1/vtos").WithTags("Raad en rechter");
        vtos.MapPost("", VtoOpstellen.Post).Voor(Rol.Regisseur, Rol.Rvt, Rol.Gi)
            .WithSummary("Stel een verzoek tot onderzoek op; er gaat nog niets naar de Raad");
        vtos.MapGet("/{id:guid}", VtoVersturen.Get).Voor([.. Rollen.Beroepskrachten, Rol.Toezichthouder])
            .WithSummary("Een verzoek tot onderzoek en hoe ver het is; zonder inhoud");
        vtos.MapPost("/{id:guid}/bevestiging", VtoVersturen.Bevestigen).Voor(Rol.Regisseur, Rol.Rvt, Rol.Gi)
            .WithSummary("Bevestig als mens dat het verzoek weg mag; verzonden is het als CORV een bericht-id geeft");
        vtos.MapPost("/{id:guid}/ontvangst", VtoVersturen.Ontvangst).Voor(Rol.Dienst)
            .WithSummary("De Raad heeft het verzoek ontvangen");
        vtos.MapPost("/{id:guid}/rapport", VtoVersturen.Rapport).Voor(Rol.Dienst)
            .WithSummary("Het rapport van de Raad is klaar");
        var onderzoeken = routes.MapGroup("/v1/raadsonderzoeken").WithTags("Raad en rechter");
        onderzoeken.MapPost("", OnderzoekBeginnen.Post).Voor(Rol.Dienst)
            .WithSummary("De Raad begint uit zichzelf een onderzoek; het kader en de regie blijven");
        onderzoeken.MapGet("/{id:guid}", OnderzoekBeginnen.Get).Voor([.. Rollen.Beroepskrachten, Rol.Toezichthouder])
            .WithSummary("Een onderzoek dat de Raad uit zichzelf begon en hoe ver het is");
        onderzoeken.MapPost("/{id:guid}/rapport", OnderzoekBeginnen.Rapport).Voor(Rol.Dienst)
            .WithSummary("Het rapport van dat onderzoek is klaar");
        routes.MapPost("/v1/beschikkingen", BeschikkingOntvangen.Post).Voor(Rol.Dienst, Rol.Gi).WithTags("Raad en rechter")
            .WithSummary("De rechter heeft besloten; regie toetst of het past en voert het uit");
    }
}
