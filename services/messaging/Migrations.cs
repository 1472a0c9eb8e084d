using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace NetwerkRegie.Messaging;

/// <summary>
/// Numbered, forward-only SQL files, embedded in the assembly that owns the tables: <c>sql/{dialect}/0001_name.sql</c>.
/// All that are missing run in one transaction; a failed start leaves the schema as it was.
/// </summary>
internal static class Migrations
{
    public static async Task ApplyAsync(Database database, ServiceDbContext db, CancellationToken ct)
    {
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync(ct);
        await using var transaction = await database.BeginMigrationAsync(connection, ct);

        await ExecuteAsync("create table if not exists schema_versies (eigenaar text not null, nummer integer not null, naam text not null, primary key (eigenaar, nummer))");
        foreach (var assembly in new[] { typeof(Migrations).Assembly, db.GetType().Assembly })
        {
            var owner = assembly.GetName().Name!;
            var applied = Convert.ToInt32(await ScalarAsync("select coalesce(max(nummer), 0) from schema_versies where eigenaar = @eigenaar", ("@eigenaar", owner)), CultureInfo.InvariantCulture);
            foreach (var file in Files(assembly, database.Dialect).Where(f => f.Number > applied))
            {
                await ExecuteAsync(file.Read());
                await ExecuteAsync("insert into schema_versies (eigenaar, nummer, naam) values (@eigenaar, @nummer, @naam)", ("@eigenaar", owner), ("@nummer", file.Number), ("@naam", file.Name));
            }
        }

        await transaction.CommitAsync(ct);
        await db.Database.CloseConnectionAsync();

        DbCommand Command(string sql, (string Name, object Value)[] parameters)
        {
            var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            foreach (var (name, value) in parameters)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }

            return command;
        }

        async Task ExecuteAsync(string sql, params (string, object)[] parameters)
        {
            await using var command = Command(sql, parameters);
            await command.ExecuteNonQueryAsync(ct);
        }

        async Task<object?> ScalarAsync(string sql, params (string, object)[] parameters)
        {
            await using var command = Command(sql, parameters);
            return await command.ExecuteScalarAsync(ct);
        }
    }

    private static IEnumerable<SqlFile> Files(Assembly assembly, string dialect) =>
        assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"sql/{dialect}/", StringComparison.Ordinal))
            .Select(name => new SqlFile(assembly, name))
            .OrderBy(file => file.Number);

    private sealed record SqlFile(Assembly Assembly, string Resource)
    {
        public string Name => Resource[(Resource.LastIndexOf('/') + 1)..];
        public int Number => int.Parse(Name[..4], CultureInfo.InvariantCulture);

        public string Read()
        {
            using var reader = new StreamReader(Assembly.GetManifestResourceStream(Resource)!);
            return reader.ReadToEnd();
        }
    }
}
