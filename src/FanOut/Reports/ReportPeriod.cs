namespace FanOut.Reports;

/// <summary>The period of a report, cut into steps of equal length: each bar of a chart is one.</summary>
/// <param name="Start">When it starts: a whole step before its end.</param>
/// <param name="Step">How long a step is: whole minutes.</param>
/// <param name="Count">How many steps there are.</param>
internal sealed record ReportPeriod(DateTimeOffset Start, TimeSpan Step, int Count)
{
    /// <summary>The shortest period that is shown.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    /// <summary>The longest: CloudWatch keeps values no longer (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#metrics-retention).</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(455);

    // No more bars than can be told from each other on a phone.
    private const int MostSteps = 48;

    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
    ];

    /// <summary>When its last step ends; that may lie in the future.</summary>
    public DateTimeOffset End => Start + (Step * Count);

    /// <summary>Until when it is known what happened: its end, or the time at which it was asked for, where that comes before.</summary>
    public DateTimeOffset Until
    {
        get => field == default ? End : field;
        init => field = value < End ? value : default;
    }

    /// <summary>How much time has gone by in it: of the last step only a part, where that is not over.</summary>
    public TimeSpan Elapsed => Until - Start;

    /// <summary>The period between two times. Steps end at full minutes, hours and days, as CloudWatch's do, so it may begin and end a little later.</summary>
    /// <param name="from">The first time.</param>
    /// <param name="to">The time before which it ends.</param>
    /// <param name="now">The time at present: of what is long ago, CloudWatch keeps no single minutes.</param>
    public static ReportPeriod Of(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        TimeSpan length = to - from, least = Least(now - from);
        TimeSpan step = Array.Find(Steps, s => s >= least && length <= s * MostSteps);
        if (step == TimeSpan.Zero)
        {
            step = TimeSpan.FromDays(Math.Ceiling(length / TimeSpan.FromDays(MostSteps)));
        }

        long end = (to.UtcTicks + step.Ticks - 1) / step.Ticks * step.Ticks;
        int count = Math.Max(1, (int)Math.Ceiling(length / step));
        return new ReportPeriod(new DateTimeOffset(end, TimeSpan.Zero) - (step * count), step, count) { Until = now };
    }

    /// <summary>When a step starts.</summary>
    /// <param name="index">Its place, from 0 on.</param>
    public DateTimeOffset StartOf(int index) => Start + (Step * index);

    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#metrics-retention
    private static TimeSpan Least(TimeSpan age) => age.TotalDays > 63 ? TimeSpan.FromHours(1) : age.TotalDays > 15 ? TimeSpan.FromMinutes(5) : TimeSpan.FromMinutes(1);
}
