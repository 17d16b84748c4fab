using FanOut.Errors;

namespace FanOut.Operations;

/// <summary>The time that -Last, -StartTime and -EndTime ask for.</summary>
internal static class AskedPeriod
{
    /// <summary>Where it begins and ends, in UTC.</summary>
    /// <param name="last">How long it is; null: not given.</param>
    /// <param name="start">Where it begins; null: not given. A time without a zone is local.</param>
    /// <param name="end">Where it ends; null: now.</param>
    /// <param name="goesOn">The parameter with which it goes on, so that it has no end; null: it is not given.</param>
    /// <param name="otherwise">How long it is where neither its length nor its beginning is given.</param>
    /// <param name="now">The time at present.</param>
    /// <exception cref="FanOutException">InvalidParameter: they contradict each other, or ask for nothing.</exception>
    public static (DateTime Start, DateTime End) Of(TimeSpan? last, DateTime? start, DateTime? end, string? goesOn, TimeSpan otherwise, DateTimeOffset now)
    {
        DateTime from = start?.ToUniversalTime() ?? DateTime.MinValue, to = end?.ToUniversalTime() ?? now.UtcDateTime;
        if (end is not null && goesOn is not null)
        {
            throw FanOutError.InvalidParameter("EndTime", end, $"and -{goesOn} contradict each other: give one of them.");
        }

        if (start is not null && last is not null)
        {
            throw FanOutError.InvalidParameter("Last", last, "and -StartTime are both given: each says where the time begins, so give one of them.");
        }

        if (last <= TimeSpan.Zero)
        {
            throw FanOutError.InvalidParameter("Last", last, "must be longer than nothing: seconds (900), or hours, minutes and seconds ('00:15:00').");
        }

        if (start is not null && from >= to)
        {
            throw FanOutError.InvalidParameter("StartTime", start, end is null ? "lies in the future: there is nothing yet." : "must lie before -EndTime.");
        }

        return (start is null ? to - (last ?? otherwise) : from, to);
    }
}
