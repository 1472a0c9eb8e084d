// Each test starts processes of its own; more at once would only wait for each other.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
