using FsCheck;
using FsCheck.Fluent;
using NetwerkRegie.Regie;
using NetwerkRegie.Web;
using Xunit;

namespace NetwerkRegie.Services.Tests.Regie;

/// <summary>
/// Wat mensen ook doen, in welke volgorde, door wie en op welk moment: de regielijn blijft heel, alleen een gesprek of een vervanging
/// verplaatst haar, en wat geweigerd wordt verandert niets.
/// </summary>
public sealed class RegielijnProperties
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 15, 0, TimeSpan.Zero);
    private static readonly string[] Handelingen = ["voorstellen", "aanvaarden", "weigeren", "intrekken", "verlopen", "plannen", "gesprek", "overdragen", "nazorg", "klaar", "vervanging", "waarnemen", "start", "terugkeer", "nood", "noodgesprek", "baan", "bemiddelen", "kader", "opschalen", "knelpunt"];

    [Fact]
    public void De_regielijn_blijft_heel_wat_er_ook_gebeurt()
    {
        var stap = Gen.Choose(0, Handelingen.Length - 1).SelectMany(h => Gen.Choose(0, 3).SelectMany(wie => Gen.Choose(-90, 600).Select(minuten => (Handeling: Handelingen[h], Wie: wie, Minuten: minuten))));
        var wisselingen = 0;
        Prop.ForAll(Gen.ListOf(stap).Select(s => s.ToArray()).ToArbitrary(), stappen => { wisselingen += Speel(stappen); }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(200));
        Assert.True(wisselingen > 100, $"De regie wisselde maar {wisselingen} keer; zo bewijst dit weinig.");
    }

    /// <returns>Hoe vaak de regie wisselde.</returns>
    private static int Speel((string Handeling, int Wie, int Minuten)[] stappen)
    {
        var mensen = new Mensen();
        Actor[] actoren = [mensen.AlsRegisseur, mensen.AlsOntvanger, mensen.AlsRvt, mensen.AlsLeidinggevende];
        Professional[] ontvangers = [mensen.Regisseur, mensen.Ontvanger, mensen.Rvt, mensen.Leidinggevende];
        var casus = Casus.Openen(Guid.CreateVersion7(Begin), Guid.CreateVersion7(Begin), "GZN-P", "Zilverdam", mensen.Team.Id, [new("K1", "4-7")], mensen.Regisseur.Id, false, 1, Begin);
        var nu = Begin;

        foreach (var (handeling, wie, minuten) in stappen)
        {
            // A moment may lie before the last one: people record late, and clocks are put back.
            nu += TimeSpan.FromMinutes(Math.Max(minuten, 0));
            var moment = minuten < 0 ? nu.AddMinutes(minuten) : nu;
            var voor = Beeld(casus);
            try
            {
                Doe(casus, mensen, handeling, actoren[wie], ontvangers[wie], moment, nu);
                if (handeling is not ("overdragen" or "start" or "terugkeer" or "nood"))
                    Assert.Equal(voor.Regie, Beeld(casus).Regie);
            }
            catch (Exception nee) when (nee is Geweigerd or OngeldigeInvoer)
            {
                Assert.NotEmpty(nee.Message);
                Assert.Equal(voor, Beeld(casus));
            }

            foreach (var lijn in casus.Perioden.GroupBy(p => (p.Lijn, p.Onderdeel)))
                IsHeel([.. lijn.OrderBy(p => p.Volgnr)]);
        }

        return casus.RegieVolgnr - 1;
    }

    private static void Doe(Casus casus, Mensen mensen, string handeling, Actor actor, Professional ontvanger, DateTimeOffset moment, DateTimeOffset nu)
    {
        var overdracht = casus.Overdrachten is [.., var o] ? o.Id : Guid.Empty;
        var vervanging = casus.Vervangingen is [.., var v] ? v.Id : Guid.Empty;
        switch (handeling)
        {
            case "voorstellen": casus.OverdrachtVoorstellen(Guid.CreateVersion7(nu), actor, ontvanger, true, mensen.Team, "r", nu); break;
            case "aanvaarden": casus.OverdrachtAanvaarden(overdracht, actor, nu); break;
            case "weigeren": casus.OverdrachtWeigeren(overdracht, actor, mensen.Team.LeidinggevendeId, "r", "a", nu); break;
            case "intrekken": casus.OverdrachtIntrekken(overdracht, actor, mensen.Team, null, nu); break;
            case "verlopen": casus.OverdrachtVerlopen(overdracht, nu); break;
            case "plannen": casus.GesprekPlannen(overdracht, actor, moment); break;
            case "gesprek": casus.GesprekVoeren(overdracht, actor, mensen.Team, new WarmGesprek(moment, true, true, null), nu); break;
            case "overdragen": casus.RegieOverdragen(overdracht, nu); break;
            case "nazorg": casus.NazorgBeginnen(overdracht, nu.AddDays(28)); break;
            case "klaar": casus.NazorgBeeindigen(overdracht, nu); break;
            case "vervanging": casus.VervangingPlannen(Guid.CreateVersion7(nu), actor, mensen.Team, ontvanger.Id, moment < nu ? Vervanging.Acuut : Vervanging.Gepland, "r", moment, null, nu); break;
            case "waarnemen": casus.VervangingPlannen(Guid.CreateVersion7(nu), actor, mensen.Team, actor.Id, Vervanging.Acuut, "r", nu, null, nu, neemtZelfWaar: true); break;
            case "nood": casus.NoodOverdragen(casus.NoodoverdrachtMelden(Guid.CreateVersion7(nu), actor, ontvanger, true, mensen.Team, "r", "b", nu).Id, nu); break;
            case "noodgesprek": casus.NoodgesprekVoeren(casus.Noodoverdrachten is [.., var n] ? n.Id : Guid.Empty, actor, mensen.Team, new WarmGesprek(moment, true, true, null), nu); break;
            case "baan": casus.BaanGeven(nu.Minute % 2 == 1 ? Banen.VastGezicht : Banen.Procesregie, actor, mensen.Team, ontvanger, "r", nu); break;
            case "bemiddelen":
                var knelpunt = casus.Knelpunten is [.., var k] ? k.Id : Guid.Empty;
                if (casus.Knelpunten is [.., { BemiddelingVoor: null, Status: Knelpunt.Gemeld }])
                    casus.BemiddelingBeginnen(knelpunt, [mensen.Leidinggevende.Id], nu.AddDays(3));
                casus.KnelpuntAfspreken(knelpunt, actor, "a", nu);
                break;
            case "start": casus.VervangingStarten(vervanging, mensen.Team, nu); break;
            case "terugkeer": casus.TerugkeerBespreken(vervanging, actor, mensen.Team, moment, nu); break;
            case "kader":
                var naar = casus.Lopend(Lijnen.Kader, "K1").Waarde == Kaders.Drang ? Kaders.Vrijwillig : Kaders.Drang;
                var bewijs = new[] { "analyse", "voorwaarden", "zienswijzeGezin", "rvtConsult", "evaluatie" }.ToDictionary(b => b, b => b);
                casus.KaderWijzigen(casus.KaderovergangVastleggen(Guid.CreateVersion7(nu), actor, "K1", naar, bewijs, "{}", "verslag", nu, nu).Id, nu);
                break;
            case "opschalen":
                var vraag = new Opschaling { Id = Guid.CreateVersion7(nu), CasusId = casus.Id, Van = casus.Schaal, Naar = Schalen.Consult, Reden = "r", IsAcuut = false, GevraagdDoorId = actor.Id, GevraagdOp = nu };
                casus.OpschalingVragen(vraag, actor);
                casus.Opschalen(vraag.Id, null, nu);
                break;
            case "knelpunt": casus.KnelpuntMelden(Guid.CreateVersion7(nu), actor.Id, "wie", "o", nu); break;
            default: throw new InvalidOperationException(handeling);
        }
    }

    private static void IsHeel(Periode[] lijn)
    {
        Assert.Single(lijn, p => p.IsOpen);
        Assert.True(lijn[^1].IsOpen);
        foreach (var (vorige, volgende) in lijn.Zip(lijn.Skip(1)))
        {
            Assert.Equal(vorige.Tot, volgende.Vanaf);
            Assert.Equal(vorige.EindeVastgelegdOp, volgende.VastgelegdOp);
            Assert.True(vorige.Vanaf < vorige.Tot && vorige.VastgelegdOp <= vorige.EindeVastgelegdOp);
        }
    }

    private static (string Regie, string Overig) Beeld(Casus casus) => (
        string.Join(";", casus.Perioden.Where(p => p.Lijn == Lijnen.Regie).OrderBy(p => p.Volgnr).Select(p => $"{p.Waarde} {p.Vanaf:O} {p.Tot:O}")),
        string.Join(";", casus.Perioden.Where(p => p.Lijn != Lijnen.Regie).Select(p => $"{p.Lijn}{p.Onderdeel}{p.Volgnr}{p.Waarde}{p.Tot:O}"))
            + string.Join(";", casus.Overdrachten.Select(o => o.Status)) + string.Join(";", casus.Vervangingen.Select(v => v.Status)) + string.Join(";", casus.Noodoverdrachten.Select(n => n.Status)) + string.Join(";", casus.Knelpunten.Select(k => k.Status)) + casus.Baanperioden.Count + casus.Opschalingen.Count + casus.Knelpunten.Count + casus.Kaderovergangen.Count);
}
