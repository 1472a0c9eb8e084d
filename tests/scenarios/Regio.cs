using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace NetwerkRegie.Scenarios.Tests;

/// <summary>De regio van een verhaal, in de woorden van het verhaal. Nummers volgen uit namen.</summary>
public sealed class Regio
{
    private readonly JsonArray _teams = [];
    private readonly JsonArray _mensen = [];
    private readonly JsonArray _termijnen = [];

    public Regio() => Met("Bewaking", "toezichthouder").Met("Aanmelder", "melder");

    /// <summary>Wie er in deze regio een naam heeft.</summary>
    public string[] Namen => [.. _mensen.Select(m => (string)m!["naam"]!).Where(naam => naam.Contains(' ', StringComparison.Ordinal))];

    /// <param name="routes">De routes van intake die bij dit team uitkomen.</param>
    public Regio Team(string id, string naam, string leidinggevende, params string[] routes)
    {
        _teams.Add(new JsonObject { ["id"] = id, ["naam"] = naam, ["routes"] = new JsonArray([.. routes.Select(r => (JsonNode)r)]), ["gemeenten"] = new JsonArray(), ["leidinggevendeId"] = Id(leidinggevende) });
        return Met(leidinggevende, "leidinggevende", id, Array.Empty<string>());
    }

    /// <summary>Iemand die in deze regio werkt, met wie voor deze waarneemt.</summary>
    public Regio Met(string naam, string rol, string? team = null, params string[] vervangers)
    {
        _mensen.Add(new JsonObject
        {
            ["id"] = Id(naam),
            ["naam"] = naam,
            ["rol"] = rol,
            ["organisatie"] = (string?)_teams.FirstOrDefault(t => (string?)t!["id"] == team)?["naam"] ?? rol,
            ["teamId"] = team,
            ["vervangers"] = new JsonArray([.. vervangers.Select(v => (JsonNode)Id(v))]),
        });
        return this;
    }

    /// <summary>Een eigen afspraak van deze regio over een termijn.</summary>
    public Regio Termijn(string id, string duur)
    {
        _termijnen.Add(new JsonObject { ["id"] = id, ["duur"] = duur, ["bron"] = "afspraak van de regio" });
        return this;
    }

    /// <summary>Iets anders aan een team, bijvoorbeeld wie bemiddelt.</summary>
    public Regio MetBijTeam(string team, string veld, params string[] mensen)
    {
        _teams.Single(t => (string?)t!["id"] == team)![veld] = new JsonArray([.. mensen.Select(m => (JsonNode)Id(m))]);
        return this;
    }

    /// <summary>Schrijft deze regio over een andere heen.</summary>
    public void Over(JsonNode regio) =>
        (regio["teams"], regio["professionals"], regio["termijnen"]) = (_teams.DeepClone(), _mensen.DeepClone(), _termijnen.DeepClone());

    /// <summary>Het nummer van wie zo heet.</summary>
    public static string Id(string naam) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(naam)).AsSpan(0, 16)).ToString("D", CultureInfo.InvariantCulture);
}
