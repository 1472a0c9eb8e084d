using FsCheck;
using FsCheck.Fluent;
using NetwerkRegie.Kernteam;
using Xunit;

namespace NetwerkRegie.Services.Tests.Kernteam;

public sealed class SamenstellingTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 15, 0, TimeSpan.Zero);
    private static readonly Guid Casus = Guid.CreateVersion7(Begin);
    private static readonly Guid Samira = Guid.CreateVersion7(Begin);
    private static readonly Guid Joris = Guid.CreateVersion7(Begin);
    private static readonly Guid Tamar = Guid.CreateVersion7(Begin);

    [Fact]
    public void Zonder_wisseling_zit_de_eerste_regisseur_er_nog()
    {
        Assert.Equal([new Lid(Samira, "regisseur", Begin)], Leden());
    }

    [Fact]
    public void Wie_overdraagt_houdt_een_stoel_als_vast_gezicht()
    {
        Assert.Equal(
            [new Lid(Tamar, "regisseur", Dag(10)), new Lid(Samira, "vast-gezicht", Dag(10))],
            Leden(Wissel(10, Tamar, van: Samira)));
    }

    [Fact]
    public void Wie_wordt_vervangen_blijft_vast_gezicht_en_de_waarnemer_gaat_weer_van_tafel()
    {
        Assert.Equal(
            [new Lid(Joris, "regisseur", Dag(42)), new Lid(Samira, "vast-gezicht", Dag(42))],
            Leden(Wissel(42, Joris, van: Samira)));
        Assert.Equal(
            [new Lid(Samira, "regisseur", Dag(65))],
            Leden(Wissel(42, Joris, van: Samira), Wissel(65, Samira)));
    }

    [Fact]
    public void De_laatste_ingang_telt_ook_als_haar_bericht_het_eerst_kwam()
    {
        var overdrachtTerug = Wissel(20, Samira, van: Tamar);
        var overdracht = Wissel(10, Tamar, van: Samira);

        Assert.Equal(
            [new Lid(Samira, "regisseur", Dag(20)), new Lid(Tamar, "vast-gezicht", Dag(20))],
            Leden(overdrachtTerug, overdracht));
    }

    [Fact]
    public void Niemand_zat_aan_een_tafel_die_er_nog_niet_was()
    {
        Assert.Equal(Begin, Leden(Wissel(-5, Tamar, van: Joris))[0].Sinds);
    }

    [Fact]
    public void Een_beroepskracht_met_een_eigen_stoel_houdt_die()
    {
        var stoel = new Stoel(Casus, "rvt", Joris, Dag(1));

        Assert.Equal(
            [new Lid(Tamar, "regisseur", Dag(10)), new Lid(Joris, "rvt", Dag(1)), new Lid(Samira, "vast-gezicht", Dag(10))],
            Samenstelling.Van(Team, [stoel], [Wissel(10, Tamar, van: Samira)]).Leden);
    }

    [Fact]
    public void De_volgorde_waarin_feiten_binnenkomen_maakt_niet_uit()
    {
        var mensen = Gen.Elements(Samira, Joris, Tamar);
        var wissels =
            from naar in mensen
            from van in Gen.OneOf(mensen.Select(m => (Guid?)m), Gen.Constant<Guid?>(null))
            from dag in Gen.Choose(-5, 40)
            select Wissel(dag, naar, van == naar ? null : van);
        var gevallen =
            from feiten in Gen.ListOf(wissels).Select(lijst => lijst.DistinctBy(w => (w.Vanaf, w.NaarId)).ToArray())
            from geschud in Gen.Shuffle(feiten)
            select (feiten, geschud);

        Prop.ForAll(gevallen.ToArbitrary(), geval =>
        {
            var leden = Leden(geval.feiten);
            return leden.SequenceEqual(Leden(geval.geschud)) && leden.Count(lid => lid.Stoel == "regisseur") == 1;
        }).QuickCheckThrowOnFailure();
    }

    private static NetwerkRegie.Kernteam.Kernteam Team => new() { CasusId = Casus, EersteRegisseurId = Samira, SamengesteldOp = Begin };

    private static DateTimeOffset Dag(int dag) => Begin.AddDays(dag);

    private static Regiewissel Wissel(int dag, Guid naar, Guid? van = null) => new(Casus, Dag(dag), naar, van);

    private static IReadOnlyList<Lid> Leden(params Regiewissel[] wissels) => Samenstelling.Van(Team, [], wissels).Leden;
}
