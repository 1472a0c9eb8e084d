using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace NetwerkRegie.Engine.Tests;

/// <summary>Small workflows with what must come of them, written from what is known of Elsa and not from what we do.</summary>
public sealed class ConformanceTests
{
    /// <summary>What an interpreter of Elsa has to show, beside each activity that it knows.</summary>
    private static readonly string[] Features =
    [
        "activeringsstrategie", "afronden van een stroomschema", "annuleren", "beginnen met een gebeurtenis", "bewaren van variabelen",
        "dubbel of te laat antwoord", "expressie: Input", "expressie: JavaScript", "expressie: Json", "expressie: Literal", "expressie: Object",
        "expressie: Variable", "fout en doorgaan", "fout en stilstaan", "getters van Elsa", "herhalen na een fout", "invoer en uitvoer", "JSON als waarde",
        "lange termijn", "logboekinstelling", "lus terug", "migratie naar een nieuwe versie", "nieuwe versie van een kind", "ouder en kind",
        "samenvoegen: alles", "samenvoegen: alles wat komt", "samenvoegen: de eerste", "samenvoegen: vanzelf", "stroom als activiteit",
        "tokens: Cascade", "tokens: Converge", "tokens: Merge", "tokens: None", "tokens: Race", "tokens: Stream", "tokens: FlowJoin", "twee gebeurtenissen tegelijk",
        "uitgangen van een samengestelde", "variabelen per bereik", "verwijzingen", "weigeren bij inlezen", "zestien beslissingen",
    ];

    private static readonly List<ConformanceCase> Cases = [.. ConformanceCase.Read(Path.Combine(AppContext.BaseDirectory, "conformiteit"))];

    public static TheoryData<string> Names => [.. Cases.Select(c => c.Name)];

    [Theory, MemberData(nameof(Names))]
    public void It_goes_as_Elsa_says(string name)
    {
        var one = Cases.Single(c => c.Name == name);
        if (one.Refusals is { } refusals)
        {
            Assert.Equal(refusals, WorkflowDefinition.Check(one.Definition()).Select(f => $"{f.Path}{(f.Line is null ? "" : $" ({f.Line}:{f.Column})")}: {f.Message}"));
            Assert.Throws<DefinitionException>(() => WorkflowDefinition.Parse(one.Definition()));
            return;
        }

        var definition = WorkflowDefinition.Parse(one.Definition());
        Assert.Equal(one.Definition(), definition.ToJson());
        var (inMemory, throughJson) = (new ConformancePlay(one, throughJson: false).Show(), new ConformancePlay(one, throughJson: true).Show());
        Assert.Equal(inMemory.ToJsonString(), throughJson.ToJsonString());
        foreach (var (what, expected) in one.Expected)
        {
            var actual = what switch
            {
                "verwijst" => new JsonArray([.. definition.References.Select(r => (JsonNode)r)]),
                "activering" => definition.ActivationStrategy.ToString(),
                _ => inMemory[what],
            };
            Assert.True(JsonNode.DeepEquals(expected, actual), $"{what}: expected {expected?.ToJsonString(Values.Relaxed)}, got {actual?.ToJsonString(Values.Relaxed)}");
        }

        Assert.NotEmpty(one.Expected);
    }

    [Fact]
    public void There_are_enough_cases_and_each_has_its_own_name()
    {
        Assert.True(Cases.Count >= 150, $"{Cases.Count}");
        Assert.Distinct(Cases.Select(c => c.Name));
    }

    [Fact]
    public void Every_activity_and_every_feature_has_a_case()
    {
        Assert.Empty(BuiltIn.All.Keys.Except(Cases.Where(c => c.Refusals is null).SelectMany(c => c.ActivityTypes)));
        Assert.Equal(Features.Order(StringComparer.Ordinal), Cases.SelectMany(c => c.Features).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Where it differs from the cases, the true one is written beside the tests that ran.</summary>
    [Fact]
    public void The_index_is_true()
    {
        var written = Path.Combine(AppContext.BaseDirectory, "conformiteit", "index.md");
        var expected = Index();
        if (!File.Exists(written) || File.ReadAllText(written) != expected)
        {
            File.WriteAllText(written + ".nieuw", expected);
            Assert.Fail($"conformiteit/index.md differs from the cases; the true one is {written}.nieuw");
        }
    }

    private static string Index()
    {
        var text = new StringBuilder("# Wat de engine van Elsa uitvoert\n\n");
        text.Append("Elk geval is een kleine stroom met zijn verloop en zijn uitkomst, in de bestanden hiernaast.\n\n");
        Table("Activiteit", BuiltIn.All.Keys.Order(StringComparer.Ordinal), (c, type) => c.ActivityTypes.Contains(type));
        Table("Eigenschap", Features.Order(StringComparer.Ordinal), (c, feature) => c.Features.Contains(feature));
        text.Append("## Keuzes\n\nWaar van Elsa niets bekend is, of waar Elsa zwijgend fout gaat.\n\n| Geval | Keuze |\n|---|---|\n");
        foreach (var one in Cases.Where(c => c.Choice is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {one.Name} | {one.Choice} |\n");
        }

        return text.ToString();

        void Table(string head, IEnumerable<string> rows, Func<ConformanceCase, string, bool> shows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {head} | Aantal | Gevallen |\n|---|---|---|\n");
            foreach (var row in rows)
            {
                var found = Cases.Where(c => shows(c, row)).ToList();
                var shown = string.Join("; ", found.Take(4).Select(c => $"{c.Name} ({c.File})")) + (found.Count > 4 ? "; …" : "");
                text.Append(CultureInfo.InvariantCulture, $"| {row} | {found.Count} | {shown} |\n");
            }

            text.Append('\n');
        }
    }
}
