using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NetwerkRegie.Contracts;
using NetwerkRegie.Messaging;
using NetwerkRegie.Termijnen;

namespace NetwerkRegie.Regie;

/// <summary>The casus with its four lines, and the flows that run on it.</summary>
public sealed class RegieService : Service<RegieDbContext>
{
    internal const string Naam = "regie";

    public override string Name => Naam;

    public override string Title => "Regie";

    public override IReadOnlyList<Type> Consumers { get; } =
    [
        typeof(MeldingGerouteerdConsumer),
        typeof(StoelenBezetConsumer),
        typeof(BijeenkomstGehoudenConsumer),
        typeof(EvaluatieGehoudenConsumer),
        typeof(IncidentGemeldConsumer),
        typeof(IncidentBevestigdConsumer),
        typeof(StandbyGezetConsumer),
        typeof(StandbyOpgehevenConsumer),
        typeof(BetrokkeneVastgelegdConsumer),
        typeof(HerbevestigingNodigConsumer),
        typeof(VtoVerzondenConsumer),
        typeof(VtoBevestigdConsumer),
        typeof(OnderzoekBegonnenConsumer),
        typeof(OnderzoekAfgerondConsumer),
        typeof(BesluitOntvangenConsumer),
        .. StapCatalogus.Uitkomsten.Select(uitkomst => typeof(StapUitkomstConsumer<>).MakeGenericType(uitkomst)),
        .. Logboek.VanAnderen.Select(gebeurtenis => typeof(GebeurtenisConsumer<>).MakeGenericType(gebeurtenis)),
        typeof(LevenstekenGegevenConsumer),
        typeof(BerichtVastgelopenConsumer),
        .. Bewaakt.In<RegieDbContext>(),
    ];

    public override void AddServices(IServiceCollection services, IConfiguration configuration, Database database)
    {
        base.AddServices(services, configuration, database);
        services.AddSingleton<StapCatalogus>().AddSingleton<Definities>().AddSingleton<IKeuring, Keuring>();
        services.AddSingleton(provider => Termijnboek.Standaard.Met((provider.GetRequiredService<Regio>().Termijnen ?? []).Select(t => new Aanpassing(t.Id, t.Duur, t.Bron))));
        services.AddScoped<CasusRunner>().AddScoped<Gereedschap>().AddScoped<Ontwerpen>().AddSingleton<PerStroom>();
        services.AddSingleton<ActivityDescriptors>();
        services.AddSignalR();
        services.AddSingleton<ObservedInstances>();
        services.AddHostedService(provider => provider.GetRequiredService<ObservedInstances>());
        services.AddHostedService<RegioLaden>();
        AddLoop<TermijnenBewaken>(services);
        AddLoop<Nachtcontrole>(services);
        AddLoop<RegieWekker>(services);
        services.AddHostedService<DienstenBewaken>();
        services.AddHostedService<Cijfers>();
        services.AddSingleton<Afzender>().AddSingleton<Kop>().AddSingleton<Afleversleutel>().AddSingleton<Ontvanger>();
        services.ConfigureDbContext<RegieDbContext>((provider, options) => options.AddInterceptors(provider.GetRequiredService<Nummering>()));
        AddLoop<Nummering>(services);
        AddLoop<Bezorgen>(services);
        AddLoop<Publiceren>(services);
    }

    public override void MapRoutes(IEndpointRouteBuilder routes)
    {
        CasusTonen.Map(routes);
        Logboek.Map(routes);
        GebeurtenissenLezen.Map(routes);
        Abonneren.Map(routes);
        AsyncApi.Map(routes);
        Taken.Map(routes);
        OverdrachtVoorstellen.Map(routes);
        OverdrachtBeantwoorden.Map(routes);
        GesprekVoeren.Map(routes);
        NoodoverdrachtRegelen.Map(routes);
        DossierVullen.Map(routes);
        KandidatenTonen.Map(routes);
        BaanGeven.Map(routes);
        ProfessionalsTonen.Map(routes);
        UitDienst.Map(routes);
        VervangingRegelen.Map(routes);
        OpschalingVragen.Map(routes);
        BewijsLeveren.Map(routes);
        AfschalingVragen.Map(routes);
        KaderovergangVastleggen.Map(routes);
        KaderkaartUitreiken.Map(routes);
        KaartUitstellen.Map(routes);
        UitvoerderAanwijzen.Map(routes);
        Plaatsen.Map(routes);
        HorenVastleggen.Map(routes);
        Knelpuntroute.Map(routes);
        KnelpuntBemiddelen.Map(routes);
        Afsluiten.Map(routes);
        Heropenen.Map(routes);
        CasusVoorGezin.Map(routes);
        Geheimen.Map(routes);
        Inzagelog.Map(routes);
        Zoeken.Map(routes);
        RetrospectiefMaken.Map(routes);
        RetrospectiefTonen.Map(routes);
        RetrospectiefAanvullen.Map(routes);
        StudioApi.Map(routes);
        StromenLezen.Map(routes);
        StroomWijzigen.Map(routes);
        TermijnenLezen.Map(routes);
        MigratieVoorbeelden.Map(routes);
        Migreren.Map(routes);
        MigratieTerugdraaien.Map(routes);
        MigratiesTonen.Map(routes);
        Proefdraaien.Map(routes);
        StromenBewaken.Map(routes);
        StroomTonen.Map(routes);
        Herstellen.Map(routes);
        BerichtenBewaken.Map(routes);
        RegieBewaken.Map(routes);
    }

    protected override string QueueOf(Type consumer) =>
        !consumer.IsGenericType ? base.QueueOf(consumer)
        : consumer.GetGenericTypeDefinition() == typeof(StapUitkomstConsumer<>) ? "stap-uitkomsten"
        : consumer.GetGenericTypeDefinition() == typeof(GebeurtenisConsumer<>) ? "gebeurtenissen"
        : base.QueueOf(consumer);
}
