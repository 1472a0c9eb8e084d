using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NetwerkRegie.Contracts;

namespace NetwerkRegie.Messaging;

/// <summary>
/// A service's own database. Besides its own tables it carries an outbox and an inbox, so that "change state" and
/// "tell the others" commit together, and a redelivered message has no second effect.
/// </summary>
public abstract class ServiceDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    public DbSet<InboxMessage> Inbox => Set<InboxMessage>();
    public DbSet<UndeliverableMessage> OnverwerkbareBerichten => Set<UndeliverableMessage>();

    /// <summary>Records an answer or a command; it leaves for the bus only after this context is saved.</summary>
    public void Publish(IUitkomst message, DateTimeOffset now) => Publish(message, message.Stap.CasusId, now);

    /// <summary>Records <paramref name="message"/>; it leaves for the bus only after this context is saved.</summary>
    /// <param name="key">Messages with the same key leave in the order in which they were recorded; mostly the casus.</param>
    public void Publish(object message, Guid key, DateTimeOffset now)
    {
        HasPublished = true;
        Outbox.Add(new OutboxMessage
        {
            Id = Guid.CreateVersion7(now),
            Sleutel = key,
            Type = message.GetType().FullName!,
            Inhoud = JsonSerializer.Serialize(message, message.GetType(), JsonSerializerOptions.Web),
            AangemaaktOp = now,
            Traceparent = Telemetry.Here,
        });
    }

    /// <summary>Records a message that left before, under its own number.</summary>
    internal void Republish(Guid id, string type, string content, Guid key, DateTimeOffset now)
    {
        HasPublished = true;
        Outbox.Add(new OutboxMessage { Id = id, Sleutel = key, Type = type, Inhoud = content, AangemaaktOp = now });
    }

    /// <summary>A message was recorded and the dispatcher has not been told yet.</summary>
    internal bool HasPublished { get; set; }

    /// <summary>A value as this database stores it, for the few places that write SQL themselves.</summary>
    public object Stored(object value) => Database.IsSqlite()
        ? value switch
        {
            Guid id => id.ToString().ToUpperInvariant(),
            DateTimeOffset instant => InstantAsText.Format(instant),
            _ => value,
        }
        : value is DateTimeOffset moment ? moment.ToUniversalTime() : value;

    /// <summary>Maps the service's own tables.</summary>
    protected abstract void MapTables(ModelBuilder model);

    /// <summary>Keeps a list in one column, as a JSON array.</summary>
    protected static void AsJson<T>(PropertyBuilder<IReadOnlyList<T>> property) => property.HasConversion(
        v => JsonSerializer.Serialize(v, JsonSerializerOptions.Web),
        v => JsonSerializer.Deserialize<T[]>(v, JsonSerializerOptions.Web)!,
        new ValueComparer<IReadOnlyList<T>>((a, b) => a!.SequenceEqual(b!), v => v.Count, v => v.ToArray()));

    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<OutboxMessage>().ToTable("outbox").HasKey(m => m.Volgnr);
        modelBuilder.Entity<OutboxMessage>().Property(m => m.Volgnr).ValueGeneratedOnAdd();
        modelBuilder.Entity<InboxMessage>().ToTable("inbox").HasKey(m => new { m.BerichtId, m.Consumer });
        modelBuilder.Entity<UndeliverableMessage>().ToTable("onverwerkbare_berichten");
        MapTables(modelBuilder);

        foreach (var entity in modelBuilder.Model.GetEntityTypes())
            foreach (var property in entity.GetProperties())
                property.SetColumnName(SnakeCase(property.Name));
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite has no instants; a fixed-width UTC text sorts like one and can be read by a person.
        if (Database.IsSqlite())
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantAsText>();
        else
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantInUtc>();
    }

    private static string SnakeCase(string name)
    {
        var snake = new StringBuilder();
        foreach (var c in name)
            snake.Append(char.IsUpper(c) && snake.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(c));
        return snake.ToString();
    }

    private sealed class InstantAsText() : ValueConverter<DateTimeOffset, string>(
        v => Format(v),
        v => DateTimeOffset.Parse(v, null, System.Globalization.DateTimeStyles.AssumeUniversal))
    {
        public static string Format(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss.ffffff'Z'", null);
    }

    private sealed class InstantInUtc() : ValueConverter<DateTimeOffset, DateTimeOffset>(v => v.ToUniversalTime(), v => v);
}

/// <summary>A message that has been promised in a transaction and has not arrived yet.</summary>
public sealed class OutboxMessage
{
    public long Volgnr { get; init; }
    public required Guid Id { get; init; }
    public required Guid Sleutel { get; init; }

    /// <summary>Full name of the contract.</summary>
    public required string Type { get; init; }
    public required string Inhoud { get; init; }
    public required DateTimeOffset AangemaaktOp { get; init; }

    /// <summary>The trace it belongs to.</summary>
    public string? Traceparent { get; init; }
}

/// <summary>Receipt of a message that a consumer has handled.</summary>
public sealed class InboxMessage
{
    public required Guid BerichtId { get; init; }
    public required string Consumer { get; init; }
    public required DateTimeOffset OntvangenOp { get; init; }
}

/// <summary>A message that could not be handled after all retries. It waits here for a person; on RabbitMQ it is in the error queue as well.</summary>
public sealed class UndeliverableMessage
{
    public required Guid Id { get; init; }
    public required string Wachtrij { get; init; }
    public required string Type { get; init; }

    /// <summary>The exception's type and message; never the content of the message.</summary>
    public required string Reden { get; init; }
    public required string Inhoud { get; init; }
    public required DateTimeOffset Op { get; init; }
}
