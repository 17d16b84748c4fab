using FanOut.Errors;

namespace FanOut.Operations;

/// <summary>A time whose metrics are asked for, in whole periods.</summary>
/// <param name="Start">Where the first period begins; UTC.</param>
/// <param name="End">Where the time ends; UTC. The last period may end later.</param>
/// <param name="Period">How long each period is; whole minutes.</param>
internal sealed record MetricRange(DateTime Start, DateTime End, TimeSpan Period)
{
    // A terminal's line has room for so many signs.
    private const int MostChosen = 60;
    private const int Most = 1_440;

    private static readonly TimeSpan[] Usual =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1)];

    /// <summary>How many periods there are.</summary>
    public int Count => (int)Math.Ceiling((End - Start) / Period);

    /// <summary>When each period begins; UTC.</summary>
    public IEnumerable<DateTime> Times => Enumerable.Range(0, Count).Select(i => Start + (i * Period));

    /// <summary>The number of the period that a time belongs to.</summary>
    public int IndexOf(DateTime time) => (int)((time - Start).Ticks / Period.Ticks);

    /// <summary>The whole periods that hold a time.</summary>
    /// <param name="start">Where it begins; UTC.</param>
    /// <param name="end">Where it ends; UTC.</param>
    /// <param name="period">How long each period is; null: as long as makes some dozen periods.</param>
    /// <param name="now">The time at present; UTC.</param>
    /// <exception cref="FanOutException">InvalidParameter: CloudWatch has no such values.</exception>
    public static MetricRange Of(DateTime start, DateTime end, TimeSpan? period, DateTime now)
    {
        TimeSpan least = Least(now - start);
        if (period is { } given)
        {
            Check(given, least, end - start);
        }

        TimeSpan length = period ?? Usual.FirstOrDefault(p => p >= least && (end - start) / p <= MostChosen, Usual[^1]);
        return new(new DateTime(start.Ticks - (start.Ticks % length.Ticks), DateTimeKind.Utc), end, length);
    }

    private static void Check(TimeSpan period, TimeSpan least, TimeSpan all)
    {
        string? problem = period <= TimeSpan.Zero || period.Ticks % TimeSpan.TicksPerMinute != 0 ? "must be whole minutes: CloudWatch keeps these metrics by the minute."
            : period < least ? $"must be {DurationText.Of(least)} or more: CloudWatch keeps values of single minutes for 15 days, of 5 minutes for 63 days, of hours for 455 days."
            : all / period > Most ? $"would make {all / period:N0} periods, and {Most:N0} are the most: give a longer -Period or a shorter time."
            : null;
        if (problem is not null)
        {
            throw FanOutError.InvalidParameter("Period", period, problem);
        }
    }

    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#metrics-retention
    private static TimeSpan Least(TimeSpan age) => age.TotalDays > 63 ? TimeSpan.FromHours(1) : age.TotalDays > 15 ? TimeSpan.FromMinutes(5) : TimeSpan.FromMinutes(1);
}
