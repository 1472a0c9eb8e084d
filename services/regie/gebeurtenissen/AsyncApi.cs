using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Contracts;
using NetwerkRegie.Messaging;
using NetwerkRegie.Web;

namespace NetwerkRegie.Regie;

/// <summary>
/// De AsyncAPI-beschrijving van alles wat naar buiten gaat, gemaakt uit de contracten: elke soort gebeurtenis met haar CloudEvent, en de
/// inhoud die op dataref te lezen is.
/// </summary>
internal static class AsyncApi
{
    private static readonly NullabilityInfoContext Leeg = new();

    public static void Map(IEndpointRouteBuilder routes)
    {
        var document = new Lazy<string>(() => Maak().ToJsonString(new JsonSerializerOptions(JsonSerializerOptions.Web) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        routes.MapGet("/v1/asyncapi.json", () => Results.Text(document.Value, "application/json")).AllowAnonymous().ExcludeFromDescription();
    }

    internal static JsonObject Maak()
    {
        var uitleg = Uitleg();
        var (berichten, schemas, inKanaal) = (new JsonObject(), new JsonObject(), new JsonObject());
        foreach (var soort in Logboek.PerSoort.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            var naam = soort.Key.Replace('.', '-');
            foreach (var contract in soort)
                schemas[contract.Name] = Schema(contract, uitleg);
            berichten[naam] = new JsonObject
            {
                ["name"] = CloudEvent.TypeVan(soort.Key),
                ["summary"] = string.Join(" Of: ", soort.Select(contract => uitleg.GetValueOrDefault($"T:{contract.FullName}"))),
                ["contentType"] = "application/cloudevents+json",
                ["payload"] = new JsonObject
                {
                    ["allOf"] = new JsonArray(
                        new JsonObject { ["$ref"] = "#/components/schemas/CloudEvent" },
                        new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["type"] = new JsonObject { ["type"] = "string", ["const"] = CloudEvent.TypeVan(soort.Key) } } }),
                },
                // What dataref answers in "inhoud"; not in the message itself.
                ["x-inhoud"] = new JsonObject { ["oneOf"] = new JsonArray([.. soort.Select(contract => new JsonObject { ["$ref"] = $"#/components/schemas/{contract.Name}" })]) },
            };
            inKanaal[naam] = new JsonObject { ["$ref"] = $"#/components/messages/{naam}" };
        }

        schemas["CloudEvent"] = Schema(typeof(CloudEvent), uitleg);
        schemas["CloudEventData"] = Schema(typeof(CloudEventData), uitleg);
        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "NetwerkRegie: gebeurtenissen",
                ["version"] = WebSetup.ApiVersion,
                ["description"] = "Wat er in casussen gebeurt, voor diensten die dat mogen weten. Een bericht zegt dat er iets gebeurde; de inhoud staat op dataref, voor wie haar mag lezen.",
            },
            ["defaultContentType"] = "application/cloudevents+json",
            ["channels"] = new JsonObject
            {
                ["rabbitmq"] = new JsonObject
                {
                    ["address"] = "{afnemer}.{soort}.{casusId}",
                    ["description"] = "De topic exchange op RabbitMQ; het adres is de routing key.",
                    ["parameters"] = new JsonObject
                    {
                        ["afnemer"] = new JsonObject { ["description"] = "De naam van uw organisatie als afnemer." },
                        ["soort"] = new JsonObject { ["description"] = "Twee woorden: onderwerp en gebeurtenis." },
                        ["casusId"] = new JsonObject { ["description"] = "Het nummer van de casus." },
                    },
                    ["messages"] = inKanaal.DeepClone(),
                    ["bindings"] = new JsonObject { ["amqp"] = new JsonObject { ["is"] = "routingKey", ["exchange"] = new JsonObject { ["name"] = EventExchange.Name, ["type"] = "topic", ["durable"] = true, ["autoDelete"] = false } } },
                },
                ["stroom"] = new JsonObject { ["address"] = "/v1/gebeurtenissen/stroom", ["description"] = "Server-sent events; GET /v1/gebeurtenissen geeft hetzelfde in porties.", ["messages"] = inKanaal.DeepClone() },
                ["webhook"] = new JsonObject { ["address"] = null, ["description"] = "Het adres van uw abonnement (POST /v1/abonnementen).", ["messages"] = inKanaal },
            },
            ["operations"] = new JsonObject
            {
                ["zetOpExchange"] = Verzending("rabbitmq"),
                ["schrijfInStroom"] = Verzending("stroom"),
                ["bezorg"] = Verzending("webhook"),
            },
            ["components"] = new JsonObject { ["messages"] = berichten, ["schemas"] = schemas },
        };
    }

    private static JsonObject Verzending(string kanaal) => new() { ["action"] = "send", ["channel"] = new JsonObject { ["$ref"] = $"#/channels/{kanaal}" } };

    private static JsonObject Schema(Type type, IReadOnlyDictionary<string, string> uitleg)
    {
        var (velden, verplicht) = (new JsonObject(), new JsonArray());
        foreach (var veld in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var naam = JsonNamingPolicy.CamelCase.ConvertName(veld.Name);
            var schema = VanType(veld.PropertyType, uitleg);
            if (uitleg.GetValueOrDefault($"P:{type.FullName}.{veld.Name}") is { } zin)
                schema["description"] = zin;
            velden[naam] = schema;
            if (Nullable.GetUnderlyingType(veld.PropertyType) is null && Leeg.Create(veld).ReadState != NullabilityState.Nullable)
                verplicht.Add(naam);
        }

        var gemaakt = new JsonObject { ["type"] = "object", ["properties"] = velden, ["required"] = verplicht };
        if (uitleg.GetValueOrDefault($"T:{type.FullName}") is { } wat)
            gemaakt["description"] = wat;
        return gemaakt;
    }

    private static JsonObject VanType(Type type, IReadOnlyDictionary<string, string> uitleg) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) => new() { ["type"] = "string" },
        var t when t == typeof(Guid) => new() { ["type"] = "string", ["format"] = "uuid" },
        var t when t == typeof(DateTimeOffset) || t == typeof(DateTime) => new() { ["type"] = "string", ["format"] = "date-time" },
        var t when t == typeof(DateOnly) => new() { ["type"] = "string", ["format"] = "date" },
        var t when t == typeof(bool) => new() { ["type"] = "boolean" },
        var t when t == typeof(int) || t == typeof(long) => new() { ["type"] = "integer" },
        var t when t.IsAssignableTo(typeof(IEnumerable)) && t.IsGenericType => new() { ["type"] = "array", ["items"] = VanType(t.GetGenericArguments()[0], uitleg) },
        var t => Schema(t, uitleg),
    };

    /// <summary>De zinnen bij de contracten en hun velden, zoals ze in de code staan.</summary>
    private static Dictionary<string, string> Uitleg() => new[] { typeof(IGebeurtenis).Assembly, typeof(CloudEvent).Assembly }
        .SelectMany(assembly => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
        .Where(lid => lid.Element("summary") is not null)
        .ToDictionary(lid => (string)lid.Attribute("name")!, lid => Zin(lid.Element("summary")!));

    private static string Zin(XElement tekst)
    {
        foreach (var verwijzing in tekst.Descendants("see").ToList())
            verwijzing.ReplaceWith(((string?)verwijzing.Attribute("cref") ?? "").Split('.', ':')[^1]);
        return string.Join(' ', tekst.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
