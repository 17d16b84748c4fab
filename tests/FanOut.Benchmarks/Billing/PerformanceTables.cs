using System.Globalization;

namespace FanOut.Benchmarks.Billing;

/// <summary>The tables of docs/performance.md, in its order, and that of docs/delivery.md.</summary>
internal static class PerformanceTables
{
    private static readonly int[] Memories = [128, 256, 512, 1024, 1769];

    private static readonly Workload Usual = new(500);

    // What a note on progress costs depends on how old records are; the others of the page are young.
    private static readonly TimeSpan Old = TimeSpan.FromMinutes(5);

    /// <summary>All tables.</summary>
    /// <param name="hasOriginal">Whether the original can be measured too.</param>
    public static IReadOnlyList<PerformanceTable> All(bool hasOriginal) =>
    [
        ByMemory(),
        ByProcessor(),
        .. hasOriginal ? (PerformanceTable[])[BesideOriginal()] : [],
        OfStart(hasOriginal),
        ByRecords(),
        BySize(),
        ByTargets(),
        ByRows(),
        OfProgress(),
    ];

    private static PerformanceTable ByMemory()
    {
        int[] batches = [10, 100, 500, 1000];
        return new("memory", [.. batches.SelectMany(b => Memories.Select(m => new Workload(b) { Memory = m }))], figures =>
        {
            var table = new MarkdownTable(["records in a batch", .. Memories.Select(static m => $"{Number(m)} MB")]);
            foreach (int batch in batches)
            {
                table.Add([Number(batch), .. Memories.Select(m => new Workload(batch) { Memory = m }).Select(w => $"{Time(figures(w).Billed)}, {Dollars(Prices.OfMillion(w, figures(w).Billed))}")]);
            }

            return table;
        });
    }

    private static PerformanceTable ByProcessor() => new("arm64", [.. Memories.Select(static m => Usual with { Memory = m })], figures =>
    {
        var table = new MarkdownTable(["500 records in a batch", .. Memories.Select(static m => $"{Number(m)} MB")]);
        table.Add(["x64", .. Memories.Select(m => Dollars(Prices.OfMillion(Usual with { Memory = m }, figures(Usual with { Memory = m }).Billed)))]);
        table.Add(["arm64, in the same time", .. Memories.Select(m => Dollars(Prices.OfMillion(Usual with { Memory = m }, figures(Usual with { Memory = m }).Billed, Prices.Arm64)))]);
        return table;
    });

    private static PerformanceTable BesideOriginal()
    {
        Workload[] ours = [.. new[] { 10, 100, 500 }.SelectMany(static b => new[] { 128, 512, 1769 }.Select(m => new Workload(b) { Memory = m }))];
        return new("original", [.. ours.SelectMany(static w => new[] { w, w with { IsOriginal = true } })], figures =>
        {
            var table = new MarkdownTable("records in a batch", "memory", "FanOut", "original", "FanOut, a million records", "original, a million records", "ratio");
            foreach (Workload own in ours)
            {
                Workload other = own with { IsOriginal = true };
                double cost = Prices.OfMillion(own, figures(own).Billed), costOfOther = Prices.OfMillion(other, figures(other).Billed);
                table.Add(
                    Number(own.Records), $"{Number(own.Memory)} MB", Time(figures(own).Billed), Time(figures(other).Billed), Dollars(cost), Dollars(costOfOther), Text($"{costOfOther / cost:0.0}"));
            }

            return table;
        });
    }

    private static PerformanceTable OfStart(bool hasOriginal)
    {
        Workload[] starts = [.. new[] { 128, 512, 1769 }.SelectMany(m => new[] { false, true }.Where(o => hasOriginal || !o).Select(o => new Workload(10) { Memory = m, IsOriginal = o }))];
        return new("start", starts, figures =>
        {
            var table = new MarkdownTable("", "memory", "start", "first batch", "later ones", "most memory");
            foreach (Workload start in starts)
            {
                WorkloadFigures figure = figures(start);
                table.Add(start.IsOriginal ? "original" : "FanOut", $"{Number(start.Memory)} MB", Time(figure.Init), Time(figure.First), Time(figure.Billed), $"{figure.Megabytes} MB");
            }

            return table;
        });
    }

    private static PerformanceTable ByRecords() => Growth(
        "records", "records of 100 bytes in a batch", [.. new[] { 10, 100, 500, 1000, 10_000 }.Select(static r => new Workload(r, 100))], static w => Number(w.Records), static w => w.Records, "a record");

    private static PerformanceTable BySize() => Growth(
        "size", "a batch of 1 MB", [new(10_000, 100), new(1000), new(100, 10_000), new(10, 100_000), new(1, 1_000_000)], static w => $"{Number(w.Records)} × {Number(w.Size)} bytes", static w => w.Records, "a record");

    private static PerformanceTable ByTargets() => Growth(
        "targets", "targets", [.. new[] { 1, 2, 4, 8, 16, 32 }.Select(static t => Usual with { Targets = t })], static w => Number(w.Targets), static w => w.Records * w.Targets, "a record and target");

    private static PerformanceTable ByRows()
    {
        int[] counts = [1, 10, 100, 1000, 10_000];
        Workload[] kept = [.. counts.Select(static r => new Workload(100) { Rows = r })];
        return new("rows", [.. kept.SelectMany(static w => new[] { w, Reading(w) })], figures =>
        {
            var table = new MarkdownTable("rows of the source", "a batch", "processor", "a batch that reads them", "processor");
            foreach (Workload one in kept)
            {
                WorkloadFigures usual = figures(one), reading = figures(Reading(one));
                table.Add(Number(one.Rows), Time(usual.Billed), Time(usual.Processor), Time(reading.Billed), Time(reading.Processor));
            }

            return table;
        });

        static Workload Reading(Workload kept) => kept with { Variable = "FANOUT_REFRESH_SECONDS=0" };
    }

    private static PerformanceTable OfProgress()
    {
        (string Title, Workload Workload)[] cases =
        [
            ("`FANOUT_PROGRESS=false`", Usual with { Variable = "FANOUT_PROGRESS=false" }),
            ("`true`, records younger than 2 s", Usual),
            ("`true`, older records: each batch looked up", Usual with { Age = Old }),
            ("`always`: each batch looked up", Usual with { Variable = "FANOUT_PROGRESS=always" }),
        ];
        return new("progress", [.. cases.Select(static c => c.Workload)], figures =>
        {
            var table = new MarkdownTable("", "µs per record", "ratio", "billed");
            foreach ((string title, Workload workload) in cases)
            {
                double cost = Micros(figures(workload), workload.Records), least = Micros(figures(cases[0].Workload), Usual.Records);
                table.Add(title, Text($"{cost:0.0}"), Text($"{cost / least:0.00}"), Time(figures(workload).Billed));
            }

            return table;
        });
    }

    private static PerformanceTable Growth(string name, string title, Workload[] workloads, Func<Workload, string> label, Func<Workload, int> units, string unit) => new(name, workloads, figures =>
    {
        var table = new MarkdownTable(title, "billed", "processor", $"processor, {unit}", "a million records", "most memory");
        foreach (Workload workload in workloads)
        {
            WorkloadFigures figure = figures(workload);
            table.Add(
                label(workload),
                Time(figure.Billed),
                Time(figure.Processor),
                Text($"{Micros(figure, units(workload)):#,0.0} µs"),
                Dollars(Prices.OfMillion(workload, figure.Billed)),
                $"{figure.Megabytes} MB");
        }

        return table;
    });

    private static double Micros(WorkloadFigures figure, int units) => figure.Processor.TotalMicroseconds / units;

    private static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Time(TimeSpan time) => time.TotalMilliseconds < 10 ? Text($"{time.TotalMilliseconds:0.0} ms") : Text($"{time.TotalMilliseconds:#,0} ms");

    private static string Dollars(double dollars) => dollars switch
    {
        >= 1 => Text($"${dollars:0.00}"),
        >= 0.1 => Text($"${dollars:0.000}"),
        >= 0.01 => Text($"${dollars:0.0000}"),
        _ => Text($"${dollars:0.00000}"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
