using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace NetwerkRegie.Benchmarks;

/// <summary>What was measured, as tables; and the page that keeps them.</summary>
/// <param name="arguments">With which it was asked.</param>
internal sealed class Report(string arguments)
{
    private Steps.Outcome? _steps;
    private readonly List<Bursts.Outcome> _bursts = [];
    private readonly List<Keten.Outcome> _chains = [];

    /// <summary>How busy the computer was in the minute before now; a number above its cores says that others were at work too.</summary>
    public static string Load => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    public void Add(Steps.Outcome outcome) => _steps = outcome;

    public void Add(Bursts.Outcome outcome) => _bursts.Add(outcome);

    public void Add(Keten.Outcome outcome) => _chains.Add(outcome);

    public string Tables => $"{StepTable()}\n{BurstTable()}\n{ChainTable()}".Trim();

    public Task WriteAsync(string servers, TimeSpan duration, int reports) =>
        File.WriteAllTextAsync(Path.Combine(Servers.Repository, "docs", "prestaties.md"), Invariant($"""
            # Performance

            What the product costs on top of what PostgreSQL and RabbitMQ themselves ask. Every number stands beside a floor: bare
            clients that do the same hops and leave the same rows, measured in the same run, in turns. The numbers per second and in
            milliseconds belong to one computer; the ratios are the ones to compare.

            | | |
            |---|---|
            | Date | {TimeProvider.System.GetUtcNow():yyyy-MM-dd} |
            | Machine | {Machine()} |
            | Software | .NET {Environment.Version}, {servers}; all on this machine, settings of `deploy/servers` (every commit is flushed to disk) |
            | Command | `dotnet run -c Release --project tests/benchmarks -- {arguments}` (rounds of {duration.TotalSeconds:0} s, {reports} reports) |

            This page is written by that command. Without `POSTGRES` and `RABBITMQ` in the environment it starts both itself.
            `-- stappen`, `-- bursts` or `-- keten` measures one part and only prints it.

            ## The interpreter alone

            {StepTable()}
            A flow of five steps that set a variable by an expression, from begin to end on one thread: journal and state are made,
            nothing is stored. There is no floor: nothing outside the program is asked.

            ## Durable bursts

            {BurstTable()}
            **A resume** is all that happens when another service answers a step: the receipt in the inbox, the lock on the casus, reading
            where the flow waits and the flow, the engine, updating the flow, closing its wachtpunt, the next wachtpunt, the journal,
            the message in the outbox, and a commit. The flow goes round in a circle, so every answer asks the next question; each
            worker has casussen of its own.

            **A short flow** is the flow of five steps of above, from begin to end in one burst: the lock, the flow, the journal and a
            commit. Five steps that each wait for another service are five resumes.

            - **waiting**: how many flows wait in the database while it is measured; the answers go round over all of them.
            - **floor**: bare Npgsql with pooled connections and prepared statements: one batch that locks, inserts the receipt and
              reads the same rows, one batch that writes the same rows with texts as long as those of the product, and a commit. On
              SQLite bare Microsoft.Data.Sqlite with the same statements; there one writes at a time.
            - **product**: `StapUitkomstConsumer`, from the moment that the bus has delivered the answer, or `CasusRunner`. Afterwards
              both sides are checked to have left the same number of rows per burst.
            - **bursts per second**: the median of three rounds, taken in turns after a round of warming up.
            - **ratio**: product divided by floor; 1.00 would be a product that costs nothing.
            - **client** and **server**: processor time per burst, of the process that does the bursts and of all processes of
              PostgreSQL. On a computer where both share the cores, these two add up to the limit.
            - **load**: the load of the computer in the minute before; above its number of cores, others were at work too.

            ## The chain

            {ChainTable()}
            From the moment that a report is posted until a subscriber hears who holds the regie: `POST /v1/meldingen`, intake's
            commit, `MeldingGerouteerd` over RabbitMQ, the burst of regie that opens the casus, `RegieToegekend` over RabbitMQ. One
            report at a time, each of a new family.

            - **floor**: Kestrel, an insert and commit, a confirmed publish to a quorum queue, a consumer that reads and inserts and
              commits, a confirmed publish, a subscriber.
            - **product**: the same with a token that is checked, a report that is read and validated, the inbox and the outbox, the
              flow `melding-tot-regisseur`, and the choice of a regisseur. Before `RegieToegekend` the same casus sends
              `CasusGeopend`, and messages of one casus leave one after the other. What follows (a kernteam, the school, tasks) goes on
              while the next report is already underway.
            - **ratio**: median of the product divided by that of the floor; lower is better.
            - **highest**: the safety net of the outbox looks once per second; one report that had waited for it would show here.

            """));

    private string StepTable() => _steps is null ? "" : Invariant($"""
        | steps per second | bytes per step | load |
        |--:|--:|--:|
        | {_steps.PerSecond:0} | {_steps.BytesPerStep:0} | {_steps.Load} |

        """);

    private string BurstTable() => Table(_bursts,
        """
        | what | database | waiting | workers | floor, bursts/s | product, bursts/s | ratio | client, floor | client, product | server, floor | server, product | load |
        |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
        """,
        o => Invariant($"| {o.What} | {o.Kind} | {o.Waiting} | {o.Workers} | {o.Floor.PerSecond:0} | {o.Product.PerSecond:0} | **{o.Ratio:0.00}** | {o.Floor.Client.TotalMilliseconds:0.00} ms | {o.Product.Client.TotalMilliseconds:0.00} ms | {Time(o.Floor.Server)} | {Time(o.Product.Server)} | {o.Load} |"));

    private string ChainTable() => Table(_chains,
        """
        | form | reports | floor, median | floor, 99% | floor, highest | product, median | product, 99% | product, highest | ratio | load |
        |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
        """,
        o => Invariant($"| {o.Form} | {o.Reports} | {Time(o.Floor)} | {Time(o.Product)} | **{o.Ratio:0.0}** | {o.Load} |"));

    private static string Table<T>(List<T> outcomes, string head, Func<T, string> row) => outcomes.Count == 0 ? "" : outcomes.Aggregate(new StringBuilder(head).Append('\n'), (text, outcome) => text.Append(row(outcome)).Append('\n')).ToString();

    private static string Time(TimeSpan? time) => time is { } t ? Invariant($"{t.TotalMilliseconds:0.00} ms") : "–";

    private static string Time(Keten.Latency latency) => Invariant($"{latency.Median:0.0} ms | {latency.P99:0.0} ms | {latency.Highest:0.0} ms");

    private static string Machine()
    {
        var processor = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() : null;
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30;
        return $"{Environment.ProcessorCount} cores ({processor ?? RuntimeInformation.ProcessArchitecture.ToString()}), {memory} GB, {RuntimeInformation.OSDescription}";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
