using System.Text;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetwerkRegie.Contracts.Regie;
using RabbitMQ.Client.Exceptions;

namespace NetwerkRegie.Messaging;

/// <summary>
/// Keeps a message that nobody could handle in the database of the service it was for, where a person finds it. On RabbitMQ
/// it goes to the error queue as well; the in-memory bus has nothing that outlives the process.
/// </summary>
internal sealed class UndeliverableObserver(UndeliverableObserver.Owners owners, IServiceScopeFactory scopes, TimeProvider time, ILogger<UndeliverableObserver> log) : IReceiveObserver
{
    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    // Neither handled nor failed: no consumer of this queue knows the type, and MassTransit puts it aside without a word.
    public Task PostReceive(ReceiveContext context) =>
        context.IsDelivered || context.IsFaulted ? Task.CompletedTask : Keep(context, "onbekend", "Geen dienst kent dit type bericht.");

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => ComesAgain(context.ReceiveContext, exception) ? Task.CompletedTask : Keep(context.ReceiveContext, typeof(T).FullName!, Reason(exception));

    public Task ReceiveFault(ReceiveContext context, Exception exception) =>
        ComesAgain(context, exception) ? Task.CompletedTask : Keep(context, "onleesbaar", Reason(exception));

    // When the broker goes away, or we stop, before it hears that a message was handled, nothing is wrong with the message.
    private static bool ComesAgain(ReceiveContext context, Exception exception) =>
        exception is RabbitMQClientException || (exception is OperationCanceledException && context.CancellationToken.IsCancellationRequested);

    private static string Reason(Exception exception) => $"{exception.GetType().Name}: {exception.Message}";

    private async Task Keep(ReceiveContext context, string type, string reason)
    {
        var queue = context.InputAddress.AbsolutePath.Split('/')[^1];
        var id = context.GetMessageId() ?? Guid.CreateVersion7(time.GetUtcNow());
        log.LogError("Bericht {BerichtId} van type {Type} is niet te verwerken door {Wachtrij}: {Reden}", id, type, queue, reason.Split(':')[0]);
        if (owners.Of(queue) is not { } dbType)
            return;

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = (ServiceDbContext)scope.ServiceProvider.GetRequiredService(dbType);
            if (await db.OnverwerkbareBerichten.AnyAsync(m => m.Id == id))
                return;
            db.OnverwerkbareBerichten.Add(new UndeliverableMessage
            {
                Id = id,
                Wachtrij = queue,
                Type = type,
                Reden = reason,
                Inhoud = Encoding.UTF8.GetString(context.GetBody()),
                Op = time.GetUtcNow(),
            });
            // Whoever oversees the flows hears of it, but not that this could not be told.
            if (type != typeof(BerichtVastgelopen).FullName)
            {
                var (casusId, stroomId) = Envelope.Subject(Encoding.UTF8.GetString(context.GetBody()));
                db.Publish(new BerichtVastgelopen(queue, id, type, reason, casusId, stroomId, time.GetUtcNow()), id, time.GetUtcNow());
            }

            await db.SaveChangesAsync();
        }
        catch (Exception e) when (e is DbUpdateException or System.Data.Common.DbException)
        {
            log.LogError("Onverwerkbaar bericht {BerichtId} is niet te bewaren: {Reden}", id, e.GetType().Name);
        }
    }

    /// <summary>Which database a queue belongs to.</summary>
    internal sealed class Owners(IReadOnlyList<Service> services)
    {
        private readonly Dictionary<string, Type> _contexts = services
            .SelectMany(service => service.Consumers.Select(consumer => (queue: service.QueueName(consumer), service.ContextType)))
            .Distinct()
            .ToDictionary(pair => pair.queue, pair => pair.ContextType);

        public Type? Of(string queue) => _contexts.GetValueOrDefault(queue);
    }
}
