using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using NetwerkRegie.Host;
using NetwerkRegie.Messaging;
using NetwerkRegie.Regie;

namespace NetwerkRegie.Conformance.Tests;

/// <summary>
/// Who writes SQL behind the program's back cannot break the regie invariant: an open casus has exactly one holder, without gap
/// or overlap, and what was written down stays. Each attempt is one transaction, refused at the latest at its commit.
/// </summary>
public abstract class RegieInvariantConformance(bool postgres) : IAsyncLifetime
{
    private const string Regie = "casus_id = (select id from casussen) and lijn = 'regie'";

    private static readonly DateTimeOffset Maandag = new(2026, 3, 2, 9, 15, 0, TimeSpan.Zero);
    private static readonly Guid Samira = new("0197a000-0000-7000-8000-000000000001");

    private Place Place { get; } = new(postgres, rabbitMq: false);
    private Database _database = null!;

    /// <summary>What each attempt would do, in plain SQL.</summary>
    public static TheoryData<string, string[]> Pogingen() => new()
    {
        { "de regie houdt op", [Einde("2026-03-03 10:00:00")] },
        { "een gat", [Einde("2026-03-03 10:00:00"), Nieuw(2, 1, "2026-03-03 11:00:00"), Wijs(2)] },
        { "een overlap", [Einde("2026-03-03 10:00:00"), Nieuw(2, 1, "2026-03-03 09:00:00"), Wijs(2)] },
        { "twee houders tegelijk", [Nieuw(2, 1, "2026-03-03 10:00:00")] },
        { "twee houders, ook als de casus naar de tweede wijst", [Nieuw(2, 1, "2026-03-03 10:00:00"), Wijs(2)] },
        { "twee eerste perioden", [Nieuw(1, null, "2026-03-02 09:15:00")] },
        { "een tweede begin naast het eerste", [Nieuw(2, null, "2026-03-03 10:00:00")] },
        { "een voorganger overslaan", [Einde("2026-03-03 10:00:00"), Nieuw(3, 1, "2026-03-03 10:00:00"), Wijs(3)] },
        { "een lege houder", [Einde("2026-03-03 10:00:00"), Nieuw(2, 1, "2026-03-03 10:00:00", houder: "''"), Wijs(2)] },
        { "niemand als houder", [Einde("2026-03-03 10:00:00"), Nieuw(2, 1, "2026-03-03 10:00:00", houder: "'niemand'"), Wijs(2)] },
        { "geen houder", [Einde("2026-03-03 10:00:00"), Nieuw(2, 1, "2026-03-03 10:00:00", houder: "null"), Wijs(2)] },
        { "een periode van niets", [Einde("2026-03-02 09:15:00"), Nieuw(2, 1, "2026-03-02 09:15:00"), Wijs(2)] },
        { "een periode wissen", [$"delete from perioden where {Regie}"] },
        { "alles wissen", ["delete from perioden", "delete from kinderen", "delete from casussen"] },
        { "een andere houder in dezelfde periode", [$"update perioden set waarde = '0197a000-0000-7000-8000-000000000002' where {Regie}"] },
        { "een ander begin", [$"update perioden set vanaf = '2026-02-01 00:00:00.000000Z' where {Regie}"] },
        { "een ander moment van vastleggen", [$"update perioden set vastgelegd_op = '2026-02-01 00:00:00.000000Z' where {Regie}"] },
        { "een gesloten casus met een open regie", ["update casussen set is_open = {false}, afgesloten_op = '2026-03-03 10:00:00.000000Z'"] },
        { "een open casus met een gesloten regie", [Einde("2026-03-03 10:00:00"), "update casussen set afgesloten_op = '2026-03-03 10:00:00.000000Z'"] },
        { "de casus wijst nergens heen", ["update casussen set regie_volgnr = 99"] },
        { "de casus wijst naar een andere lijn", ["update casussen set regie_lijn = 'schaal'"] },
        { "een casus zonder perioden", ["insert into casussen (id, gezin_ref, gemeente, team_id, melding_id, geopend_op, is_open, is_nazorg, regie_volgnr, schaal_volgnr) select '0197a000-0000-7000-8000-0000000000AA', 'GZN-ANDER', gemeente, team_id, melding_id, geopend_op, is_open, is_nazorg, 1, 1 from casussen"] },
        { "een tweede open casus van hetzelfde gezin", ["insert into casussen (id, gezin_ref, gemeente, team_id, melding_id, geopend_op, is_open, is_nazorg, regie_volgnr, schaal_volgnr) select '0197a000-0000-7000-8000-0000000000AA', gezin_ref, gemeente, team_id, melding_id, geopend_op, is_open, is_nazorg, 1, 1 from casussen"] },
        { "een kind zonder kader", ["update kinderen set kader_volgnr = 7"] },
        { "het kader houdt op", [Einde("2026-03-03 10:00:00", "kader")] },
        { "de schaal houdt op", [Einde("2026-03-03 10:00:00", "schaal")] },
        { "de bevoegdheid houdt op zonder dat er staat dat niemand haar heeft", [Einde("2026-03-03 10:00:00", "bevoegdheid")] },
    };

    public async Task InitializeAsync()
    {
        _database = Database.Parse(Place.Database);
        var regie = new RegieService();
        await MessagingSetup.PrepareAsync(_database, Bus.Parse(null), [regie], HostApplication.All, CancellationToken.None);
        await using var db = Open();
        db.Casussen.Add(Casus.Openen(Guid.CreateVersion7(Maandag), Guid.CreateVersion7(Maandag), "GZN-SQL", "Zilverdam", "lokaal", [new("K1", "4-7")], Samira, isNoodhouder: false, versieVanStroom: 1, Maandag));
        await db.SaveChangesAsync();
    }

    public async Task DisposeAsync() => await Place.DisposeAsync();

    [SuiteTheory]
    [MemberData(nameof(Pogingen))]
    public async Task Sql_achter_het_programma_om_breekt_de_regielijn_niet(string poging, string[] opdrachten)
    {
        var voor = await BeeldAsync();

        await Assert.ThrowsAnyAsync<DbException>(() => VoerUitAsync(opdrachten));

        Assert.True(voor == await BeeldAsync(), poging);
    }

    [SuiteFact]
    public async Task Een_juiste_overdracht_in_sql_wordt_aangenomen()
    {
        await VoerUitAsync(Einde("2026-03-03 10:00:00"), Nieuw(2, 1, "2026-03-03 10:00:00"), Wijs(2));

        await using var db = Open();
        Assert.Equal(2, await db.Perioden.CountAsync(p => p.Lijn == Lijnen.Regie));
    }

    [SuiteFact]
    public async Task Wat_gesloten_is_blijft_zoals_het_was()
    {
        await VoerUitAsync(Einde("2026-03-03 10:00:00"), Nieuw(2, 1, "2026-03-03 10:00:00"), Wijs(2));

        // A boundary moved on both sides at once would leave neither gap nor overlap; history would just be another.
        await Assert.ThrowsAnyAsync<DbException>(() => VoerUitAsync(
            $"update perioden set tot = '2026-03-04 10:00:00.000000Z' where {Regie} and volgnr = 1",
            $"update perioden set vanaf = '2026-03-04 10:00:00.000000Z' where {Regie} and volgnr = 2"));
        await Assert.ThrowsAnyAsync<DbException>(() => VoerUitAsync($"update perioden set tot = null, is_open = {{true}}, einde_vastgelegd_op = null where {Regie} and volgnr = 1"));
    }

    private static string Einde(string tot, string lijn = "regie") =>
        $"update perioden set tot = '{tot}.000000Z', is_open = {{false}}, einde_vastgelegd_op = '{tot}.000000Z' where lijn = '{lijn}'";

    private static string Nieuw(int volgnr, int? vorig, string vanaf, string houder = "'0197a000-0000-7000-8000-000000000002'") =>
        $"insert into perioden (casus_id, lijn, onderdeel, volgnr, vorig_volgnr, waarde, grond, bron, vanaf, is_open, vastgelegd_op) select id, 'regie', '', {volgnr}, {(vorig is null ? "null" : vorig)}, {houder}, 'sql', 'sql', '{vanaf}.000000Z', {{true}}, '{vanaf}.000000Z' from casussen";

    private static string Wijs(int volgnr) => $"update casussen set regie_volgnr = {volgnr}";

    private async Task VoerUitAsync(params string[] opdrachten)
    {
        await using var db = Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var opdracht in opdrachten)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(transaction);
            command.CommandText = opdracht.Replace("{true}", postgres ? "true" : "1", StringComparison.Ordinal).Replace("{false}", postgres ? "false" : "0", StringComparison.Ordinal);
            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    private async Task<string> BeeldAsync()
    {
        await using var db = Open();
        var casussen = await db.Casussen.AsNoTracking().Select(c => $"{c.Id} {c.IsOpen} {c.RegieVolgnr} {c.SchaalVolgnr} {c.AfgeslotenOp}").ToListAsync();
        var perioden = await db.Perioden.AsNoTracking().OrderBy(p => p.Lijn).ThenBy(p => p.Volgnr).ToListAsync();
        return string.Join("\n", casussen.Concat(perioden.Select(p => $"{p.Lijn} {p.Onderdeel} {p.Volgnr} {p.Waarde} {p.Vanaf:O} {p.Tot:O} {p.VastgelegdOp:O}")));
    }

    private RegieDbContext Open()
    {
        var options = new DbContextOptionsBuilder<RegieDbContext>();
        _database.Configure(options, "regie");
        return new RegieDbContext(options.Options);
    }
}

public sealed class RegieInvariantOnSqlite() : RegieInvariantConformance(postgres: false);

[Needs("POSTGRES")]
public sealed class RegieInvariantOnPostgres() : RegieInvariantConformance(postgres: true);
