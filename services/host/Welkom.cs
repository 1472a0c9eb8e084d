using NetwerkRegie.Web;

namespace NetwerkRegie.Host;

/// <summary>What someone who has just started the program wants to know.</summary>
internal static class Welkom
{
    public static void Print(WebApplication app, Settings settings)
    {
        var url = app.Urls.First();
        Console.WriteLine($"""

            NetwerkRegie draait op {url}
              diensten   {string.Join(", ", settings.Namen)}
              regio      {settings.Regio.Naam}
              api        {url}/v1/openapi.json
              gezond     {url}/gezond
            """);
        if (settings.HeeftPaginas)
            Console.WriteLine($"""
                  werkplek   {url} (aanmelden, en dan elk naar het eigen werk)
                  stromen    {url}/stromen (lezen, wijzigen en proefdraaien)
                """);
        if (settings.Services.Any(s => s.Name == "regie"))
            Console.WriteLine($"  studio     {url}/studio (bekijken en tekenen)");
        if (app.Services.GetRequiredService<TokenIssuer>() is DemoIssuer && settings.Services.Any(s => s.Name == "intake"))
            Console.WriteLine($$"""

                Een eerste melding (in een ander venster):
                  TOKEN=$(curl -s {{url}}/demo/tokens -H 'content-type: application/json' -d '{"rol":"melder"}' | sed 's/.*"token":"\([^"]*\)".*/\1/')
                  curl -s {{url}}/v1/meldingen -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' --data @docs/voorbeelden/hulpvraag.json

                Stoppen met Ctrl-C; een volgende start gaat verder waar dit ophield.
                """);
    }
}
