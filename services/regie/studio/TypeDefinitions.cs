using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>What an expression of this flow may name, as TypeScript: Studio's editor completes and checks with it while somebody types.</summary>
internal static partial class TypeDefinitions
{
    /// <summary>Elsa's functions that every flow has; those of JavaScript the editor knows itself.</summary>
    public const string Always = """
        declare function getLastResult(): any;
        declare function getWorkflowInstanceId(): string;
        declare function getWorkflowInstanceName(): string;
        declare function getWorkflowDefinitionId(): string;
        declare function getWorkflowDefinitionVersionId(): string;
        declare function getWorkflowDefinitionVersion(): number;
        declare function getCorrelationId(): string;
        declare function isNullOrEmpty(value: any): boolean;
        declare function isNullOrWhiteSpace(value: any): boolean;
        declare function toJson(value: any): string;

        """;

    public static void Map(RouteGroupBuilder elsa) => elsa.MapPost("/scripting/javascript/type-definitions/{definitionId}", async (string definitionId, RegieDbContext db, CancellationToken ct) =>
    {
        var version = (await DefinitionVersion.AllAsync(db, ct)).SingleOrDefault(v => v.DefinitionId == definitionId && v.IsLatest) ?? throw Geweigerd.NietGevonden("Deze stroom");
        return Results.Text(Of(await version.DrawingAsync(db, ct)), "text/plain; charset=utf-8");
    }).VoorLezers();

    internal static string Of(JsonObject drawing)
    {
        var variables = Named(drawing["variables"]).Where(v => Identifier().IsMatch(v.Name)).ToList();
        var inputs = Named(drawing["inputs"]).ToList();
        var steps = (drawing["root"]?["activities"] as JsonArray ?? []).Select(a => Tekening.Tekst(a, "name")).OfType<string>().Distinct().ToList();
        return string.Concat(
        [
            Always,
            $"declare function getVariable(name: {OneOf(variables.Select(v => v.Name))}): any;\n",
            $"declare const variables: {{ {string.Concat(variables.Select(v => $"readonly {v.Name}: {v.Type}; "))}}};\n",
            .. variables.Select(v => $"declare function get{char.ToUpperInvariant(v.Name[0])}{v.Name[1..]}(): {v.Type};\n"),
            $"declare function getInput(name: {OneOf(inputs.Select(i => i.Name))}): any;\n",
            $"declare function getOutputFrom(activity: {OneOf(steps)}, output?: string): any;\n",
        ]);
    }

    private static IEnumerable<(string Name, string Type)> Named(JsonNode? list) =>
        (list as JsonArray ?? []).Where(v => Tekening.Tekst(v, "name") is { Length: > 0 }).Select(v => (Tekening.Tekst(v, "name")!, TypeOf(Tekening.Tekst(v, "typeName") ?? Tekening.Tekst(v, "type"))));

    private static string TypeOf(string? type) => type switch
    {
        "String" => "string",
        "Boolean" => "boolean",
        "Int32" or "Int64" or "Double" or "Decimal" => "number",
        "DateTimeOffset" or "DateTime" => "Date",
        _ => "any",
    };

    private static string OneOf(IEnumerable<string> names) => string.Join(" | ", names.Select(n => System.Text.Json.JsonSerializer.Serialize(n))) is { Length: > 0 } some ? some : "string";

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Identifier();
}
