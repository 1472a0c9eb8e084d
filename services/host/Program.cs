using NetwerkRegie.Host;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regie;

try
{
    if (args is ["keur", .. var bestanden])
        return await StromenKeuren.RunAsync(bestanden, Console.Out);
    if (args is ["proef", .. var stroomEnVerhaal])
        return await VerhalenSpelen.RunAsync(stroomEnVerhaal, Settings.ReadRegio("demonstratie"), Console.Out);

    await using var app = HostApplication.Build(args);
    await app.StartAsync();
    var settings = app.Services.GetRequiredService<Settings>();
    if (settings.PrepareOnly)
    {
        Console.WriteLine("Klaargezet: databases, tabellen en wachtrijen.");
        await app.StopAsync();
        return 0;
    }

    Welkom.Print(app, settings);
    await app.WaitForShutdownAsync();
    return 0;
}
catch (SettingException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Console.Error.WriteLineAsync($"Dit adres is al in gebruik; kies een ander met --urls. ({e.Message})");
    return 2;
}
