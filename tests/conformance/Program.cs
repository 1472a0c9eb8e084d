using NetwerkRegie.Conformance.Tests;
using NetwerkRegie.Contracts.Onderwijs;

// A process that a test lets die at a crash point: it promises message after message and does not end by itself.
var place = new Place(postgres: args[0].StartsWith("postgres:", StringComparison.Ordinal), rabbitMq: args[1] != "memory") { Database = args[0], Bus = args[1] };
await using var process = await TestProcess.StartAsync(place, [new TestService<FirstDb>(args[2], typeof(First.RecordConsumer))], crashPoint: args[3]);
while (true)
{
    var message = new VerzuimGemeld(Guid.CreateVersion7(), Guid.CreateVersion7(), "K1");
    await process.Save<FirstDb>(message);
    Console.WriteLine(message.VerzuimId);
    await process.HasEffect<FirstDb>(message);
}
