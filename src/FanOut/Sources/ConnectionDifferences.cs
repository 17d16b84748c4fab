using FanOut.Aws.Lambda;
using FanOut.Errors;

namespace FanOut.Sources;

/// <summary>What of an event source mapping is not as it was given.</summary>
internal static class ConnectionDifferences
{
    /// <summary>The differences that can be changed.</summary>
    /// <param name="now">The event source mapping.</param>
    /// <param name="wanted">The settings that were given, and the defaults of the others.</param>
    /// <param name="report">Whether it is to ask which records failed.</param>
    public static IEnumerable<ConnectionDifference> Find(EventSourceMappingConfiguration now, ConnectionSettings wanted, bool report)
    {
        (string Name, object? Now, object? Wanted)[] settings =
        [
            (nameof(wanted.BatchSize), now.BatchSize, wanted.BatchSize),
            (nameof(wanted.BatchingWindow), DurationText.Of(TimeSpan.FromSeconds(now.MaximumBatchingWindowInSeconds ?? 0)), DurationText.Of(wanted.BatchingWindow)),
            (nameof(wanted.ParallelizationFactor), now.ParallelizationFactor ?? 1, wanted.ParallelizationFactor ?? now.ParallelizationFactor ?? 1),
            (nameof(wanted.MaximumRetryAttempts), Times(now.MaximumRetryAttempts ?? -1), Times(wanted.MaximumRetryAttempts)),
            (nameof(wanted.MaximumRecordAge), Age(now.MaximumRecordAgeInSeconds ?? -1), Age(wanted.MaximumRecordAgeInSeconds)),
            (nameof(wanted.OnFailureDestination), Destination(now) ?? "none", wanted.OnFailureDestination ?? Destination(now) ?? "none"),
            ("BisectBatchOnFunctionError", now.BisectBatchOnFunctionError == true, true),
            (ReportingPlan.ResponseType, ReportingPlan.Reports(now), report),
            ("State", now.State, wanted.Enabled || now.State is "Disabled" or "Disabling" ? now.State : "Disabled"),
        ];
        return settings.Where(static s => !Equals(s.Now, s.Wanted)).Select(static s => new ConnectionDifference(s.Name, s.Now, s.Wanted));
    }

    /// <summary>The differences that cannot be changed, each as part of a sentence: where reading began, and by which consumer.</summary>
    /// <param name="now">The event source mapping.</param>
    /// <param name="eventSourceArn">The source that was given, with a consumer if it is to be read by one.</param>
    /// <param name="wanted">The settings that were given.</param>
    public static IEnumerable<string> FindLasting(EventSourceMappingConfiguration now, string eventSourceArn, ConnectionSettings wanted)
    {
        if (now.EventSourceArn is { } read && read != eventSourceArn)
        {
            yield return $"it is read as {read}, not as {eventSourceArn}";
        }

        string position = wanted.LambdaPosition;
        if ((wanted.StartingPosition is not null || wanted.StartingPositionTimestamp is not null) && now.StartingPosition is { } began
            && (began != position || (position == "AT_TIMESTAMP" && now.StartingPositionTimestamp is { } at && at.ToUniversalTime() != wanted.StartingPositionTimestamp?.ToUniversalTime())))
        {
            yield return $"{nameof(wanted.StartingPosition)} is {Position(began, now.StartingPositionTimestamp)}, not {Position(position, wanted.StartingPositionTimestamp)}";
        }
    }

    private static string? Destination(EventSourceMappingConfiguration now) => now.DestinationConfig?.OnFailure?.Destination is { Length: > 0 } destination ? destination : null;

    private static string Times(int attempts) => attempts < 0 ? "without end" : $"{attempts}";

    private static string Age(int seconds) => seconds < 0 ? "without end" : DurationText.Of(TimeSpan.FromSeconds(seconds));

    private static string Position(string position, DateTime? time) => $"{DescribeSource.Position(position)}{(position == "AT_TIMESTAMP" ? $" {time?.ToUniversalTime():yyyy-MM-dd'T'HH:mm:ss'Z'}" : "")}";
}
