using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using NetwerkRegie.Host;
using Xunit;

namespace NetwerkRegie.Services.Tests.Host;

/// <summary>The gateway of the split form sends each request to the service that has the route.</summary>
public sealed partial class GatewayTests
{
    private static readonly (Regex Path, string Service)[] Ways =
        [.. Way().Matches(File.ReadAllText(Repository.Path("deploy/nginx/wegen.conf"))).Select(m => (new Regex(m.Groups[1].Value), m.Groups[2].Value))];

    [Theory]
    [InlineData("intake")]
    [InlineData("kernteam")]
    [InlineData("veiligheid")]
    [InlineData("onderwijs")]
    [InlineData("regie")]
    [InlineData("toezicht")]
    public async Task Every_route_of_a_service_is_found_there(string service)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-");
        await using var app = HostApplication.Build([$"--services={service}", $"--Database={folder.FullName}", $"--DemoSleutel={Path.Combine(folder.FullName, "sleutel.pem")}"]);
        var paths = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/').Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal))
            .Where(path => !IsOfEveryProcess(path)).ToList();
        folder.Delete(recursive: true);

        Assert.NotEmpty(paths);
        // Regie brings the pages along, for who runs it alone; behind the gateway they are of toezicht.
        Assert.DoesNotContain(paths, path => To(path) is var to && to != service && !(service == "regie" && to == "toezicht"));
    }

    private static string To(string path) => Array.Find(Ways, way => way.Path.IsMatch(path)).Service ?? "toezicht";

    private static bool IsOfEveryProcess(string path) => path is "/leeft" or "/gezond" or "/v1/openapi.json" or "/demo/tokens";

    [GeneratedRegex(@"(?m)^\s+~(\S+) (\w+);$")]
    private static partial Regex Way();
}
