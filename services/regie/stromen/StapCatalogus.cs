using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetwerkRegie.Contracts;

namespace NetwerkRegie.Regie;

/// <summary>Alle blokjes: die van regie zelf, en een per opdracht die een andere dienst uitvoert.</summary>
internal sealed class StapCatalogus
{
    private static readonly Assembly Contracts = typeof(StapAttribute).Assembly;

    private readonly Dictionary<string, Stap> _stappen = new Stap[]
    {
        new CasusOpenen(),
        new Taak(),
        new BeoordelingMelden(),
        new WachtTeLangMelden(),
        new AntwoordAfwachten(),
        new GesprekAfwachten(),
        new RegieOverdragen(),
        new OverdrachtAfbreken(),
        new NazorgBieden(),
        new VoorgangerAfwachten(),
        new NoodOverdragen(),
        new NoodgesprekAfwachten(),
        new AanvangAfwachten(),
        new VervangingStarten(),
        new TerugkeerAfwachten(),
        new Opschalen(),
        new OpschalingAfwijzen(),
        new BewijsAfwachten(),
        new Afschalen(),
        new KaderWijzigen(),
        new KaartAfwachten(),
        new EindeZienAankomen(),
        new BeschikkingLatenAflopen(),
        new HorenAfwachten(),
        new UitvoerderAfwachten(),
        new GeenUitvoerderMelden(),
        new OverdrachtAanUitvoerderVoorstellen(),
        new OntvangstAfwachten(),
        new OnderzoekAfwachten(),
        new BesluitVanRechterAfwachten(),
        new KnelpuntMelden(),
        new KnelpuntOpschalen(),
        new BesluitAfwachten(),
        new BemiddelingKiezen(),
        new BemiddelingAfwachten(),
    }.Concat(Contracts.GetTypes().Where(t => t.GetCustomAttribute<StapAttribute>() is not null).Select(t => new OpdrachtStap(t)))
     .ToDictionary(stap => stap.Type);

    /// <summary>The outcomes that other services can answer with.</summary>
    public static IEnumerable<Type> Uitkomsten => Contracts.GetTypes().Where(t => t.IsAssignableTo(typeof(IUitkomst)) && !t.IsInterface);

    public IEnumerable<Stap> Alle => _stappen.Values;

    public Stap this[string type] => Vind(type) ?? throw new InvalidOperationException($"Onbekende stap '{type}'.");

    /// <returns>Null als er zo'n blokje niet is.</returns>
    public Stap? Vind(string type) => _stappen.GetValueOrDefault(type);
}

/// <summary>
/// A step that another service carries out: the contract is the box, its properties are the inputs, and the contracts that
/// answer it are the exits. A new one needs nothing in this service.
/// </summary>
internal sealed class OpdrachtStap(Type opdracht) : Stap
{
    public string Dienst { get; } = opdracht.Namespace!.Split('.')[^1].ToLowerInvariant();

    public override string Type => $"NetwerkRegie.{opdracht.Name}";

    public override string Titel { get; } = opdracht.GetCustomAttribute<StapAttribute>()!.Titel;

    public override string Uitleg => $"Vraagt dit aan de dienst {Dienst} en wacht op het antwoord.";

    public override IReadOnlyList<Veld> Invoer { get; } = [.. Velden(opdracht).Select(v => v with { IsVerplicht = true }), Veld.Termijn, Veld.Vlottrekker];

    public override IReadOnlyList<Veld> Uitvoer { get; } = [.. UitkomstenVan(opdracht).SelectMany(Velden).DistinctBy(v => v.Naam)];

    public override IReadOnlyList<string> Uitgangen { get; } =
        [.. UitkomstenVan(opdracht).Select(u => u.Name), Verlopen];

    public override Task<Uitkomst> Begin(StapContext stap)
    {
        var uitkomst = stap.Wacht(Titel, Uitgangen, voorRol: Wachtpunt.VoorDienst + Dienst);
        var inhoud = (JsonObject)stap.Invoer.DeepClone();
        inhoud["stap"] = JsonSerializer.SerializeToNode(stap.Ref, JsonSerializerOptions.Web);
        stap.Burst.Meld(inhoud.Deserialize(opdracht, JsonSerializerOptions.Web)!);
        return Task.FromResult(uitkomst);
    }

    private static IEnumerable<Type> UitkomstenVan(Type opdracht) => StapCatalogus.Uitkomsten.Where(u => u.IsAssignableTo(typeof(IUitkomstVan<>).MakeGenericType(opdracht)));

    // What a contract says, but for where it belongs in the flow.
    private static IEnumerable<Veld> Velden(Type contract) =>
        contract.GetProperties().Where(p => p.PropertyType != typeof(StapRef)).Select(p => new Veld(JsonNamingPolicy.CamelCase.ConvertName(p.Name), p.Name.EndsWith("Id", StringComparison.Ordinal) ? p.Name[..^2] : p.Name, "Hoort bij de opdracht."));
}
