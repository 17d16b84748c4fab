using System.Globalization;
using FanOut.Errors;
using FanOut.Parameters;

namespace FanOut.Sources.Topics;

/// <summary>What was given for the connection of a topic. Bounds: https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html</summary>
internal sealed record TopicSettings
{
    /// <summary>How often Lambda tries an event again that failed, 0 to 2; null: as it is.</summary>
    public int? MaximumRetryAttempts { get; init; }

    /// <summary>How old an event may become, 1 minute to 6 hours, whole seconds; null: as it is.</summary>
    public TimeSpan? MaximumRecordAge { get; init; }

    /// <summary>ARN of the queue, topic or bucket to which Lambda reports events that it gave up; null: as it is.</summary>
    public string? OnFailureDestination { get; init; }

    /// <summary>Whether the function is subscribed at once.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>What the parameters of a cmdlet say.</summary>
    /// <exception cref="FanOutException">InvalidParameter: they say what topics do not have.</exception>
    public static TopicSettings Of(IConnectionParameters given)
    {
        // A topic has no position, and hands over one message at a time.
        (string Name, object? Value)[] ofStreams =
        [
            (nameof(given.StartingPosition), given.StartingPosition), (nameof(given.StartingPositionTimestamp), given.StartingPositionTimestamp),
            (nameof(given.BatchSize), given.BatchSize), (nameof(given.BatchingWindow), given.BatchingWindow), (nameof(given.ParallelizationFactor), given.ParallelizationFactor),
        ];
        return Array.Find(ofStreams, static p => p.Value is not null) is { Name: { } name, Value: { } value }
            ? throw FanOutError.InvalidParameter(name, value, "is for streams: a topic hands over each message by itself, as soon as it is published.")
            : new()
            {
                MaximumRetryAttempts = given.MaximumRetryAttempts,
                MaximumRecordAge = given.MaximumRecordAge,
                OnFailureDestination = string.IsNullOrEmpty(given.OnFailureDestination) ? null : given.OnFailureDestination,
                Enabled = !given.Suspended,
            };
    }

    /// <summary>Checks all bounds, without any call.</summary>
    /// <exception cref="FanOutException">InvalidParameter.</exception>
    public TopicSettings Checked()
    {
        if (MaximumRetryAttempts is { } attempts and (< 0 or > 2))
        {
            throw FanOutError.InvalidParameter(nameof(MaximumRetryAttempts), attempts, string.Create(
                CultureInfo.InvariantCulture, $"is {attempts}; of a topic it takes 0 to 2: Lambda tries a message that failed at most twice again."));
        }

        if (MaximumRecordAge is { } age && (age < TimeSpan.FromMinutes(1) || age > TimeSpan.FromHours(6) || age.Ticks % TimeSpan.TicksPerSecond != 0))
        {
            throw FanOutError.InvalidParameter(nameof(MaximumRecordAge), age, $"is {age}; of a topic it takes 60 to 21,600 whole seconds.");
        }

        if (OnFailureDestination is { } destination)
        {
            ConnectionSettings.CheckDestination(destination);
        }

        return this;
    }

    /// <summary>What Lambda is to do, where what was not given stays as it is.</summary>
    public EventRetries Over(EventRetries now) => new(MaximumRetryAttempts ?? now.MaximumRetryAttempts, MaximumRecordAge ?? now.MaximumRecordAge, OnFailureDestination ?? now.OnFailureDestination);
}
