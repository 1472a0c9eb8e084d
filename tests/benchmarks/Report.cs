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
    private readonly List<Bursts.Outcome> _waiting = [];
    private readonly List<Timers.Outcome> _timers = [];
    private readonly List<Keten.Outcome> _chains = [];
    private readonly List<Keten.Part> _profile = [];
    private readonly List<Keten.Memory> _memory = [];
    private readonly List<Processes.Outcome> _starts = [];

    /// <summary>How busy the computer was in the minute before now; a number above its cores says that others were at work too.</summary>
    public static string Load => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    public void Add(Steps.Outcome outcome) => _steps = outcome;

    public void Add(Bursts.Outcome outcome) => _bursts.Add(outcome);

    public void AddWaiting(Bursts.Outcome outcome) => _waiting.Add(outcome);

    public void Add(Timers.Outcome outcome) => _timers.Add(outcome);

    public void Add(IReadOnlyList<Keten.Outcome> outcomes) => _chains.AddRange(outcomes);

    public void Add(IReadOnlyList<Keten.Part> profile) => _profile.AddRange(profile);

    public void Add(IReadOnlyList<Keten.Memory> memory) => _memory.AddRange(memory);

    public void Add(IReadOnlyList<Processes.Outcome> outcomes) => _starts.AddRange(outcomes);

    public string Tables => string.Join('\n', StepTable(), BurstTable(_bursts), BurstTable(_waiting), TimerTable(), ChainTable(), ProfileTable(), MemoryTable(), StartTable()).Trim();

    public Task WriteAsync(string servers, TimeSpan duration) =>
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
            | Command | `dotnet run -c Release --project tests/benchmarks -- {arguments}` (rounds of {duration.TotalSeconds:0} s) |

            This page is written by that command. Without `POSTGRES` and `RABBITMQ` in the environment it starts both itself.
            `-- stappen`, `bursts`, `wachtenden`, `tijdklokken`, `keten` or `starten` measures one part and only prints it; a third argument makes it smaller
            (`-- tijdklokken 4 2000`).

            ## The interpreter alone

            {StepTable()}
            A flow of five steps that set a variable by an expression, from begin to end on one thread: journal and state are made,
            nothing is stored. There is no floor: nothing outside the program is asked.

            ## Durable bursts

            {BurstTable(_bursts)}
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
            - **bursts per second**: the median of three rounds, taken in turns after a round of warming up, the product three.
            - **ratio**: product divided by floor; 1.00 would be a product that costs nothing.
            - **client** and **server**: processor time per burst, of the process that does the bursts and of all processes of
              PostgreSQL. On a computer where both share the cores, these two add up to the limit.
            - **load**: the load of the computer in the minute before; above its number of cores, others were at work too.

            Where the processor time of a resume goes, in the process that does it (`perf`, eight workers, 22 November 2026): 44% Npgsql and sockets, over
            four round trips where the floor has three; 32% EF Core, spread over tracking, statements and parameters; 9% JSON of state and journal;
            6% regie's own code; 2% the interpreter. The fourth round trip is the receipt: only after it is it certain that the answer is new.
            Threads that spin before they sleep take about a sixth of what PostgreSQL could use; without it (`UnfairSemaphoreSpinLimit` 0) the thread pool
            of this .NET now and then never woke again, which the conformance tests showed. It stays as it is.

            ## Very many that wait

            {BurstTable(_waiting)}
            Resumes again, with ever more flows that wait. At the most, the product keeps **{Kept(o => o.Product):0.00}** of the rate that it has at
            the fewest; the floor, which does the same on the same tables, keeps {Kept(o => o.Floor):0.00}.

            ## Very many terms at once

            {TimerTable()}
            Terms that pass within one minute: 100,000 of them, spread evenly. The product lets a flow go on, with its history and a lock, for each; on one
            process, four side by side.

            - **floor**: a bare client that reads what is due, 200 at a time, and updates each row in a transaction of its own, on four connections.
            - **per second**: from the first term until the last was handled. The terms come at 1667 per second; nobody can do more.
            - **late**: how long after its term a row says that it was handled; **last late**: how long after the last term the last row was.

            ## From a report to a subscriber

            {ChainTable()}
            From the moment that a report is posted until a subscriber hears that the regie was given: `POST /v1/meldingen`, intake's commit,
            `MeldingGerouteerd` over RabbitMQ, the burst of regie that opens the casus, the number of the event in the feed, and the event itself, by
            server-sent events over HTTP and on the topic exchange of RabbitMQ. One report at a time, each of a new family, a tenth of a second after
            the one before.

            - **floor**: Kestrel, an insert and commit, a confirmed publish to a quorum queue, a consumer that reads and inserts and
              commits, a commit that gives the place in the feed, a read, and then a line of server-sent events, and a confirmed publish.
            - **product**: the same with a token that is checked, a report that is read and validated, the inbox and the outbox, the
              flow `melding-tot-regisseur`, the choice of a regisseur, and for each subscriber what it may see.
            - **ratio**: product divided by floor, of the medians and of the slowest in a hundred; lower is better.

            Where the time goes, in one process. Being followed makes each report a little slower; what no line covers is waiting for the next part to be woken.

            {ProfileTable()}
            The hops are those of the floor, and each of them does more: the request checks a token and a report and looks for an earlier one; the
            burst runs a flow and writes all that belongs to a casus; between its commit and a subscriber come the numbering, with a commit of its own,
            and the question what this subscriber may see now. A message on the exchange comes later than a line of server-sent events, because what
            was numbered before it in the same casus is confirmed by the broker first: that is what keeps their order.

            ## Memory

            {MemoryTable()}
            What each process of the split form holds (resident), ten seconds after it was healthy and after the reports of above. Each carries the .NET
            runtime and all programs; the workstation collector, as `deploy/gesplitst` sets it.

            ## Starting

            {StartTable()}
            From the start of the program until `/gezond` says so. At the first start databases, tables, queues and bindings are made.

            """));

    private double Kept(Func<Bursts.Outcome, Bursts.Speed> side) => side(_waiting[^1]).PerSecond / side(_waiting[0]).PerSecond;

    private string StepTable() => _steps is null ? "" : Invariant($"""
        | steps per second | bytes per step | load |
        |--:|--:|--:|
        | {_steps.PerSecond:0} | {_steps.BytesPerStep:0} | {_steps.Load} |

        """);

    private static string BurstTable(List<Bursts.Outcome> bursts) => Table(bursts,
        """
        | what | database | waiting | workers | floor, bursts/s | product, bursts/s | ratio | client, floor | client, product | server, floor | server, product | load |
        |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
        """,
        o => Invariant($"| {o.What} | {o.Kind} | {o.Waiting} | {o.Workers} | {o.Floor.PerSecond:0} | {o.Product.PerSecond:0} | **{o.Ratio:0.00}** | {o.Floor.Client.TotalMilliseconds:0.00} ms | {o.Product.Client.TotalMilliseconds:0.00} ms | {Time(o.Floor.Server)} | {Time(o.Product.Server)} | {o.Load} |"));

    private string TimerTable() => Table(_timers,
        """
        | terms | floor, per second | product, per second | ratio | floor, median late | product, median late | floor, last late | product, last late | load |
        |--:|--:|--:|--:|--:|--:|--:|--:|--:|
        """,
        o => Invariant($"| {o.Count} | {o.Floor.PerSecond:0} | {o.Product.PerSecond:0} | **{o.Ratio:0.00}** | {o.Floor.MedianLate:0.0} s | {o.Product.MedianLate:0.0} s | {o.Floor.LastLate:0.0} s | {o.Product.LastLate:0.0} s | {o.Load} |"));

    private string ChainTable() => Table(_chains,
        """
        | form | subscriber | reports | floor, median | floor, 99% | floor, highest | product, median | product, 99% | product, highest | ratio, median | ratio, 99% | load |
        |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
        """,
        o => Invariant($"| {o.Form} | {o.To} | {o.Reports} | {Time(o.Floor)} | {Time(o.Product)} | **{o.Median:0.0}** | **{o.P99:0.0}** | {o.Load} |"));

    private string ProfileTable() => Table(_profile,
        """
        | part | begins | takes |
        |---|--:|--:|
        """,
        p => Invariant($"| {p.Name} | {p.Begins:0.0} ms | {p.Takes:0.0} ms |"));

    private string MemoryTable() => Table(_memory,
        """
        | process | at rest | after the reports |
        |---|--:|--:|
        """,
        m => Invariant($"| {m.Process} | {m.AtRest} MB | {m.AfterLoad} MB |"));

    private string StartTable() => Table(_starts,
        """
        | services in the process | first start | later start | load |
        |---|--:|--:|--:|
        """,
        o => Invariant($"| {o.Services} | {(o.First is { } first ? $"{first.TotalSeconds:0.0} s" : "–")} | {o.Later.TotalSeconds:0.0} s | {o.Load} |"));

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
