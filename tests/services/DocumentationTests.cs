using System.Text.RegularExpressions;
using NetwerkRegie.Contracts;
using Xunit;

namespace NetwerkRegie.Services.Tests;

/// <summary>What the pages say is there, is there.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void Every_file_of_the_walk_exists()
    {
        var files = FileName().Matches(File.ReadAllText(Repository.Path("docs/wandeling.md"))).Select(m => m.Groups[1].Value).Distinct().ToList();

        Assert.True(files.Count > 20, "De wandeling noemt te weinig bestanden om een wandeling te zijn.");
        Assert.DoesNotContain(files, file => !File.Exists(Repository.Path(file)));
    }

    [Fact]
    public void Every_decision_that_is_listed_exists_and_every_page_is_listed()
    {
        var listed = Link().Matches(File.ReadAllText(Repository.Path("docs/besluiten/README.md"))).Select(m => m.Groups[1].Value).Order();
        var pages = Directory.EnumerateFiles(Repository.Path("docs/besluiten"), "0*.md").Select(Path.GetFileName).Order();

        Assert.Equal(pages, listed);
    }

    [Fact]
    public void Every_word_of_the_contracts_is_in_the_glossary()
    {
        var glossary = File.ReadAllText(Repository.Path("docs/woordenlijst.md"));
        var words = typeof(StapRef).Assembly.GetExportedTypes().Select(type => type.Name.Split('`')[0]);

        Assert.DoesNotContain(words, word => !glossary.Contains($"`{word}`", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_folder_of_the_map_in_the_README_exists()
    {
        var map = File.ReadAllText(Repository.Path("README.md")).Split("## Map")[1];
        var folders = MapEntry().Matches(map).Select(m => m.Groups[1].Value).ToList();

        Assert.Contains("engine", folders);
        Assert.DoesNotContain(folders, folder => !new[] { "", "services", "workflows", "tests" }.Any(parent => Directory.Exists(Repository.Path(Path.Combine(parent, folder)))));
    }

    [GeneratedRegex(@"`((?:services|workflows|docs|tests|deploy)/[^`]+\.\w+)`")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\]\((\d{4}-[^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?m)(?:^|\s)([a-z]+)/(?=\s|$)")]
    private static partial Regex MapEntry();
}
