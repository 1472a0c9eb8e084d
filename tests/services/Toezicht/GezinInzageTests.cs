using NetwerkRegie.Toezicht.Gezin;
using Xunit;

namespace NetwerkRegie.Services.Tests.Toezicht;

/// <summary>Wat iemand van het gezin leest over de eigen vraag om inzage.</summary>
public sealed class GezinInzageTests
{
    private static readonly DateTimeOffset Op = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("loopt", "Het antwoord komt uiterlijk ")]
    [InlineData("uitgesteld", "Het antwoord duurt langer: het komt uiterlijk ")]
    [InlineData("te-laat", "Het antwoord is te laat.")]
    [InlineData("verleend", "U mag alles zien;")]
    [InlineData("deels-geweigerd", "U mag het zien, behalve wat hieronder staat;")]
    public void Een_vraag_om_inzage_is_een_zin(string status, string begin) =>
        Assert.StartsWith(begin, new Inzageverzoek(status, Op, Op.AddMonths(1), "Het is veel.", Op.AddDays(3), null).Zin, StringComparison.Ordinal);

    [Fact]
    public void Wie_langer_wacht_leest_waarom() =>
        Assert.EndsWith("De reden: Het is veel.", new Inzageverzoek("uitgesteld", Op, Op.AddMonths(3), "Het is veel.", null, null).Zin, StringComparison.Ordinal);
}
