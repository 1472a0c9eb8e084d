using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>The choices in Studio's menus, as far as the engine has them, and the parts of Elsa that are there.</summary>
internal static class Descriptors
{
    private static readonly object[] Expressions =
    [
        Expression("Literal", "Vaste waarde", isBrowsable: false),
        Expression("Object", "Object", isBrowsable: false, "json"),
        Expression("Json", "Json", isBrowsable: false, "json"),
        Expression("JavaScript", "JavaScript", isBrowsable: true, "javascript"),
        Expression("Variable", "Variabele", isBrowsable: true),
        Expression("Input", "Invoer", isBrowsable: true),
    ];

    private static readonly object[] Variables =
    [
        .. new[] { ("String", "Tekst"), ("Boolean", "Ja of nee"), ("Int32", "Geheel getal"), ("Double", "Getal"), ("DateTimeOffset", "Tijdstip"), ("TimeSpan", "Duur"), ("Object", "Van alles") }
            .Select(t => new { typeName = t.Item1, displayName = t.Item2, category = "Eenvoudig", description = "" }),
        .. new[] { ("ObjectDictionary", "Waarden met een naam"), ("JSON", "JSON") }
            .Select(t => new { typeName = t.Item1, displayName = t.Item2, category = "Samengesteld", description = "" }),
    ];

    public static void Map(RouteGroupBuilder elsa)
    {
        var descriptors = elsa.MapGroup("/descriptors").VoorLezers();
        Answer(descriptors, "/expression-descriptors", Expressions);
        Answer(descriptors, "/variables", Variables);
        Answer(descriptors, "/storage-drivers",
            new { typeName = "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core", displayName = "Bij de stroom", priority = 5, deprecated = false },
            new { typeName = "Elsa.Workflows.MemoryStorageDriver, Elsa.Workflows.Core", displayName = "Alleen tot het volgende wachten", priority = 0, deprecated = false });
        Answer(descriptors, "/incident-strategies",
            new { displayName = "Doorgaan", description = "Wat niet van de storing afhangt, gaat door.", typeName = "ContinueWithIncidentsStrategy" },
            new { displayName = "Stilzetten", description = "De stroom staat stil tot een mens de storing oplost.", typeName = "FaultStrategy" });
        Answer(descriptors, "/workflow-activation-strategies",
            new { displayName = "Altijd", description = "Er kan altijd een nieuwe beginnen.", typeName = "Elsa.Workflows.ActivationValidators.AllowAlwaysStrategy, Elsa.Workflows.Core" },
            new { displayName = "Een tegelijk per casus", description = "Niet als deze stroom op dezelfde casus al loopt.", typeName = "Elsa.Workflows.Runtime.ActivationValidators.CorrelatedSingletonStrategy, Elsa.Workflows.Runtime" },
            new { displayName = "Geen andere stroom op de casus", description = "Niet als op dezelfde casus al een stroom loopt.", typeName = "Elsa.Workflows.Runtime.ActivationValidators.CorrelationStrategy, Elsa.Workflows.Runtime" },
            new { displayName = "Een tegelijk", description = "Niet als deze stroom al loopt.", typeName = "Elsa.Workflows.Runtime.ActivationValidators.SingletonStrategy, Elsa.Workflows.Runtime" });
        // Everything is in the journal and every burst is one commit: there is nothing to choose.
        Answer(descriptors, "/log-persistence-strategies");
        Answer(descriptors, "/commit-strategies/workflows");
        Answer(descriptors, "/commit-strategies/activities");
        Answer(descriptors, "/output-converters");

        Feature[] features = [new("Workflows"), new("WorkflowManagement"), new("WorkflowRuntime"), new("WorkflowsApi"), new("RealTimeWorkflowUpdates")];
        elsa.MapGet("/features/installed", () => Results.Ok(new ListResponse<Feature>(features))).VoorLezers();
        elsa.MapGet("/features/installed/{fullName}", (string fullName) => Results.Ok(features.SingleOrDefault(f => f.FullName == fullName) ?? throw Geweigerd.NietGevonden("Dit onderdeel"))).VoorLezers();
        elsa.MapGet("/package/version", () => Results.Ok(new { packageVersion = "3.8.2" })).VoorLezers();
    }

    private static void Answer(RouteGroupBuilder descriptors, string path, params object[] items) =>
        descriptors.MapGet(path, () => Results.Ok(new ListResponse<object>(items)));

    private static object Expression(string type, string displayName, bool isBrowsable, string? monacoLanguage = null) => new
    {
        type,
        displayName,
        isSerializable = true,
        isBrowsable,
        properties = monacoLanguage is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["MonacoLanguage"] = monacoLanguage },
    };

    private sealed record Feature(string Name)
    {
        public string Namespace { get; } = "Elsa";
        public string FullName => $"Elsa.{Name}";
        public string DisplayName => Name;
        public string Description { get; } = "";
    }
}
