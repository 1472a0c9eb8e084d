using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NetwerkRegie.Contracts;
using NetwerkRegie.Toezicht.Werkplek;
using Xunit;

namespace NetwerkRegie.Services.Tests.Toezicht;

/// <summary>Wat er in een casus gebeurt leest een mens als zin, wat het ook is.</summary>
public sealed partial class ZinnenTests
{
    private static readonly IReadOnlyList<Type> Gebeurtenissen =
        [.. typeof(IGebeurtenis).Assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(IGebeurtenis)) && !type.IsInterface)];

    [Fact]
    public void Elke_naam_uit_de_catalogus_heeft_een_zin_en_er_is_geen_zin_te_veel() =>
        Assert.Equal(Gebeurtenissen.Select(Naam).Distinct().Order(StringComparer.Ordinal), Zinnen.Namen.Order(StringComparer.Ordinal));

    [Theory, InlineData(true), InlineData(false)]
    public void Een_zin_is_een_zin_ook_als_er_niet_meer_bekend_is(bool isVolledig)
    {
        foreach (var type in Gebeurtenissen)
        {
            var zin = Zinnen.Van(Naam(type), JsonSerializer.SerializeToElement(Voorbeeld(type, isVolledig)), new Mensen(new Dictionary<Guid, Mens>()));

            Assert.True(Zin().IsMatch(zin) && !Nummer().IsMatch(zin), $"{type.Name}: {zin}");
        }
    }

    private static string Naam(Type type) => type.GetCustomAttribute<GebeurtenisAttribute>()!.Naam;

    private static JsonNode? Voorbeeld(Type type, bool isVolledig)
    {
        if (Nullable.GetUnderlyingType(type) is { } echt)
            return isVolledig ? Voorbeeld(echt, isVolledig) : null;
        if (type.IsGenericType)
            return new JsonArray(Voorbeeld(type.GetGenericArguments()[0], isVolledig), Voorbeeld(type.GetGenericArguments()[0], isVolledig));
        return type == typeof(Guid) ? Guid.CreateVersion7()
            : type == typeof(string) ? "iets"
            : type == typeof(bool) ? isVolledig
            : type == typeof(int) ? 2
            : type == typeof(DateTimeOffset) ? "2026-03-02T10:15:00Z"
            : type == typeof(DateOnly) ? "2026-03-02"
            : new JsonObject(type.GetConstructors()[0].GetParameters().Select(p => KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(p.Name!), Voorbeeld(p.ParameterType, isVolledig))));
    }

    [GeneratedRegex(@"^\p{Lu}[^{}]+[^ ]\.$")]
    private static partial Regex Zin();

    [GeneratedRegex("[0-9a-f]{8}-")]
    private static partial Regex Nummer();
}
