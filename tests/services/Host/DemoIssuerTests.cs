using NetwerkRegie.Contracts;
using NetwerkRegie.Host;
using Xunit;

namespace NetwerkRegie.Services.Tests.Host;

public sealed class DemoIssuerTests
{
    private static readonly Regio Regio = new("Proefregio", IsDemonstratie: true, [], []);

    [Fact]
    public async Task Issuers_that_start_at_once_with_one_file_share_one_key()
    {
        var folder = Directory.CreateTempSubdirectory("netwerkregie-");
        try
        {
            for (var round = 0; round < 40; round++)
            {
                var file = Path.Combine(folder.FullName, $"{round}.pem");
                using var start = new Barrier(8);

                var issuers = await Task.WhenAll(Enumerable.Range(0, start.ParticipantCount).Select(_ => Task.Factory.StartNew(() =>
                {
                    start.SignalAndWait();
                    return new DemoIssuer(Regio, file, proef: false, TimeProvider.System);
                }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

                var keys = new HashSet<string>();
                foreach (var issuer in issuers)
                    keys.Add((await issuer.KeysAsync(null, CancellationToken.None)).Single().KeyId);
                Assert.Single(keys);
            }

            Assert.Equal(40, folder.GetFiles().Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
