// Every test starts a server of its own: more at once than processors only makes each of them slower.
[assembly: Xunit.v3.Parallelization(MaxThreads = 2)]
