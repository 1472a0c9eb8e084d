// The stories S01, S03 and S08 mostly wait for quiet, so two of them play at once; everything else alone, after them.
[assembly: Xunit.CollectionBehavior(MaxParallelThreads = 2)]
