namespace FanOut.Benchmarks.Billing;

/// <summary>A table of docs/performance.md, and what has to be measured for it.</summary>
/// <param name="Name">What <c>--tables</c> calls it.</param>
/// <param name="Workloads">What has to be measured; what several tables need is measured once.</param>
/// <param name="Write">Makes the table of what was measured.</param>
internal sealed record PerformanceTable(string Name, IReadOnlyList<Workload> Workloads, Func<Func<Workload, WorkloadFigures>, MarkdownTable> Write);
