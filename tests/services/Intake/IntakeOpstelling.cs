using MassTransit;
using NetwerkRegie.Contracts.Intake;
using NetwerkRegie.Contracts.Regie;
using NetwerkRegie.Intake;

namespace NetwerkRegie.Services.Tests.Intake;

public sealed class IntakeOpstelling() : Proefopstelling<IntakeDbContext>("intake")
{
    /// <summary>A casus of which Samira holds the regie.</summary>
    internal async Task<(Guid Casus, Persoon Samira)> Casus()
    {
        var (casus, samira) = (Guid.CreateVersion7(), await Als("regisseur", "Samira"));
        await Bericht(new RegieToegekend(casus, samira.Id, Nu));
        return (casus, samira);
    }

    protected override void Luister(IReceiveEndpointConfigurator endpoint)
    {
        Hoor<BetrokkeneVastgelegd>(endpoint);
        Hoor<ToestemmingVerleend>(endpoint);
        Hoor<ToestemmingIngetrokken>(endpoint);
        Hoor<HerbevestigingNodig>(endpoint);
        Hoor<GrondslagVastgelegd>(endpoint);
        Hoor<GrondslagGeweigerd>(endpoint);
        Hoor<BerichtOnderdrukt>(endpoint);
        Hoor<GemeenteGewijzigd>(endpoint);
        Hoor<InzageAangevraagd>(endpoint);
        Hoor<InzageVerleend>(endpoint);
        Hoor<InzageDeelsGeweigerd>(endpoint);
        Hoor<InzageWachtTeLang>(endpoint);
    }
}
