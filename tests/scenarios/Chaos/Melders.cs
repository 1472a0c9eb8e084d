using System.Collections.Concurrent;

namespace NetwerkRegie.Scenarios.Tests.Chaos;

/// <summary>Mensen die melden en volhouden tot hun melding is aangenomen; een deel draagt daarna ook de regie warm over.</summary>
internal sealed class Melders(Stad stad)
{
    private const int Tegelijk = 8;
    private static readonly TimeSpan Geduld = TimeSpan.FromMinutes(3);

    private readonly ConcurrentDictionary<Guid, string> _aangenomen = new();
    private readonly ConcurrentDictionary<Guid, int> _overgedragen = new();

    /// <summary>Het gezin bij elke aangenomen melding.</summary>
    public IReadOnlyDictionary<Guid, string> Aangenomen => _aangenomen;

    /// <summary>De casussen waarvan de regie een keer is overgedragen.</summary>
    public IReadOnlyCollection<Guid> Overgedragen => [.. _overgedragen.Keys];

    /// <param name="overdrachtElke">Een op de zoveel meldingen leidt tot een overdracht; 0 is nooit.</param>
    public Task Melden(int aantal, int overdrachtElke = 0)
    {
        // Every tenth report is the second one of a family.
        var gezinnen = Enumerable.Range(0, aantal - (aantal / 10)).Select(_ => stad.NieuwGezin()).ToArray();
        return Parallel.ForEachAsync(Enumerable.Range(0, aantal), new ParallelOptions { MaxDegreeOfParallelism = Tegelijk }, async (nummer, _) =>
        {
            var gezin = gezinnen[nummer % gezinnen.Length];
            var melding = gezin.Hulpvraag();
            var id = (await Volhouden(() => stad.Melder.Meldt(melding))).Id;
            _aangenomen[id] = gezin.Ref;
            if (overdrachtElke > 0 && nummer < gezinnen.Length && nummer % overdrachtElke == 0)
                await Overdragen(id);
        });
    }

    /// <summary>Meldt nog een keer, en wacht tot ook het kernteam er is: alles wat er eerder lag is dan langsgekomen.</summary>
    public async Task NogEen()
    {
        var voor = await stad.Opslag.Aantal("kernteam", "select count(*) from kernteams");
        var gezin = stad.NieuwGezin();
        _aangenomen[await gezin.VraagtHulp()] = gezin.Ref;
        await stad.ZietUiteindelijk(async () => await stad.Opslag.Aantal("kernteam", "select count(*) from kernteams") > voor);
    }

    private async Task Overdragen(Guid melding)
    {
        var casus = Guid.Empty;
        await Wachten.Uiteindelijk(async () =>
            (await Volhouden(() => stad.Melder.Get($"/v1/meldingen/{melding}"))).Json.TryGetProperty("casusId", out var id) && id.TryGetGuid(out casus), Geduld, () => Task.FromResult("Er komt geen casus."));
        var beeld = (await Volhouden(() => stad.Toezichthouder.Ziet(casus))).Json;
        var regisseur = stad.Regisseur(stad.Naam(beeld.GetProperty("regisseur").Nummer("id")));
        var collega = stad.Regisseur(stad.Naam(beeld.GetProperty("vervangerIds")[0].GetGuid()));

        // A refusal means that an earlier try, whose answer was lost, had arrived.
        await Volhouden(() => regisseur.SteltOverdrachtVoor(casus, collega));
        var overdracht = (await Volhouden(() => stad.Toezichthouder.Ziet(casus))).Json.GetProperty("overdrachten")[0].Nummer("id");
        await Volhouden(() => collega.Aanvaardt(overdracht));
        var beeindigdOp = TimeProvider.System.GetUtcNow();
        await Volhouden(() => collega.Post($"/v1/overdrachten/{overdracht}/gesprek", new { beeindigdOp, gezinAanwezig = true }));
        _overgedragen[casus] = 1;
    }

    private static async Task<Antwoord> Volhouden(Func<Task<Antwoord>> poging)
    {
        Antwoord? antwoord = null;
        await Wachten.Uiteindelijk(async () =>
        {
            try
            {
                antwoord = await poging();
                return antwoord.Status < 500;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, Geduld, () => Task.FromResult($"Het laatste antwoord: {antwoord}"));
        return antwoord!.Status is 200 or 201 or 409 ? antwoord : throw new InvalidOperationException($"{antwoord.Vraag} gaf {antwoord.Status}: {antwoord.Tekst}");
    }
}
