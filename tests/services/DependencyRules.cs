using System.Xml.Linq;
using Xunit;

namespace NetwerkRegie.Services.Tests;

/// <summary>The table below is the architecture. A reference that is not in it does not get into the product.</summary>
public sealed class DependencyRules
{
    private static readonly string[] Service = ["Contracts", "Messaging", "Termijnen", "Web"];

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [],
        ["Termijnen"] = [],
        ["Web"] = [],
        ["Engine"] = [],
        ["Messaging"] = ["Contracts"],
        ["Regisseurs"] = ["Contracts", "Messaging", "Web"],
        ["Intake"] = [.. Service, "Regisseurs"],
        ["Kernteam"] = [.. Service, "Regisseurs"],
        ["Veiligheid"] = [.. Service, "Regisseurs"],
        ["Onderwijs"] = [.. Service, "Regisseurs"],
        ["Regie"] = [.. Service, "Engine"],
        ["Toezicht"] = ["Web"],
        ["Host"] = ["Contracts", "Messaging", "Termijnen", "Web", "Intake", "Kernteam", "Veiligheid", "Onderwijs", "Regie", "Toezicht"],
    };

    public static TheoryData<string> Projects() => [.. Files().Select(Name)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_references_only_what_the_table_allows(string project)
    {
        var references = XDocument.Load(Files().Single(f => Name(f) == project)).Descendants("ProjectReference").Select(r => Name((string)r.Attribute("Include")!));

        Assert.Empty(references.Except(Allowed[project]));
    }

    [Fact]
    public void Table_names_every_project_and_no_other() => Assert.Equal(Allowed.Keys.Order(), Files().Select(Name).Order());

    private static string Name(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')).Replace("NetwerkRegie.", "", StringComparison.Ordinal);

    private static IEnumerable<string> Files() => new[] { "services", "workflows" }.SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), "NetwerkRegie.*.csproj", SearchOption.AllDirectories));
}
