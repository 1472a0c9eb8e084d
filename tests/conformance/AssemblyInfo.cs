// The tests share a broker and two processors; more at once would only wait for each other.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
