using System.Globalization;
using FanOut.Aws.Lambda;
using FanOut.Destinations;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Parameters;

namespace FanOut.Sources;

/// <summary>The settings of an event source mapping that connects a source. Bounds: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html</summary>
internal sealed record ConnectionSettings
{
    /// <summary>The most records that an invocation gets, 1 to 10,000.</summary>
    public int BatchSize { get; init; } = 500;

    /// <summary>How long to wait for a full batch, 0 to 300 s, whole seconds.</summary>
    public TimeSpan BatchingWindow { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many batches of a shard are processed at the same time, 1 to 10; null: Lambda's default, 1.</summary>
    public int? ParallelizationFactor { get; init; }

    /// <summary>How often a batch is sent again, 0 to 10,000; -1: for ever.</summary>
    public int MaximumRetryAttempts { get; init; } = 10;

    /// <summary>The age at which records are dropped, 60 s to 7 days, whole seconds; -1 s: never.</summary>
    public TimeSpan MaximumRecordAge { get; init; } = TimeSpan.FromHours(6);

    /// <summary>ARN of the queue, topic or bucket to which Lambda reports dropped records, or, before it is looked up, a queue's name; null: none.</summary>
    public string? OnFailureDestination { get; init; }

    /// <summary>Where reading begins; null: at the timestamp if there is one, else with the latest record.</summary>
    public StreamPosition? StartingPosition { get; init; }

    /// <summary>The time where reading begins.</summary>
    public DateTime? StartingPositionTimestamp { get; init; }

    /// <summary>Whether reading begins at once.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Where reading begins, in Lambda's words.</summary>
    public string LambdaPosition => (StartingPosition, StartingPositionTimestamp) switch
    {
        (StreamPosition.AtTimestamp, _) or (null, not null) => "AT_TIMESTAMP",
        (StreamPosition.TrimHorizon, _) => "TRIM_HORIZON",
        _ => "LATEST",
    };

    /// <summary>The age at which records are dropped, in Lambda's words; -1: never.</summary>
    public int MaximumRecordAgeInSeconds => IsNever(MaximumRecordAge) ? -1 : (int)MaximumRecordAge.TotalSeconds;

    /// <summary>Whether Lambda may drop records without reporting them.</summary>
    public bool DropsSilently => OnFailureDestination is null && (MaximumRetryAttempts >= 0 || MaximumRecordAge > TimeSpan.Zero);

    /// <summary>What the parameters of a cmdlet say, and the defaults for what they do not say.</summary>
    public static ConnectionSettings Of(IConnectionParameters given)
    {
        var defaults = new ConnectionSettings();
        return new()
        {
            BatchSize = given.BatchSize ?? defaults.BatchSize,
            BatchingWindow = given.BatchingWindow ?? defaults.BatchingWindow,
            ParallelizationFactor = given.ParallelizationFactor,
            MaximumRetryAttempts = given.MaximumRetryAttempts ?? defaults.MaximumRetryAttempts,
            MaximumRecordAge = given.MaximumRecordAge ?? defaults.MaximumRecordAge,
            OnFailureDestination = string.IsNullOrEmpty(given.OnFailureDestination) ? null : given.OnFailureDestination,
            StartingPosition = given.StartingPosition,
            StartingPositionTimestamp = given.StartingPositionTimestamp,
            Enabled = !given.Suspended,
        };
    }

    /// <summary>Checks all bounds, without any call.</summary>
    /// <exception cref="FanOutException">InvalidParameter, InvalidDestination.</exception>
    public ConnectionSettings Checked(string sourceArn)
    {
        Within(nameof(BatchSize), BatchSize, 1, 10_000);
        Within(nameof(ParallelizationFactor), ParallelizationFactor ?? 1, 1, 10);
        Within(nameof(MaximumRetryAttempts), MaximumRetryAttempts, -1, 10_000, ", or -1 for ever");
        Seconds(nameof(BatchingWindow), BatchingWindow, 0, 300);
        if (!IsNever(MaximumRecordAge))
        {
            Seconds(nameof(MaximumRecordAge), MaximumRecordAge, 60, 604_800, ", or -1 for never");
        }

        CheckPosition(sourceArn);
        if (OnFailureDestination is { } destination)
        {
            CheckDestination(destination);
        }

        return this;
    }

    /// <summary>The request for a new event source mapping.</summary>
    public CreateEventSourceMappingRequest ToCreate(string eventSourceArn, string functionName, bool report)
    {
        var request = new CreateEventSourceMappingRequest
        {
            EventSourceArn = eventSourceArn,
            FunctionName = functionName,
            StartingPosition = LambdaPosition,
            StartingPositionTimestamp = StartingPositionTimestamp?.ToUniversalTime(),
            Enabled = Enabled,
        };
        Write(request, report);
        return request;
    }

    /// <summary>The request that gives an existing event source mapping these settings. Its position in the stream stays.</summary>
    public UpdateEventSourceMappingRequest ToUpdate(string uuid, bool report)
    {
        var request = new UpdateEventSourceMappingRequest { UUID = uuid, Enabled = Enabled ? null : false };
        Write(request, report);
        return request;
    }

    /// <summary>Checks that something is the ARN of what Lambda can report to, or may be a queue's name.</summary>
    /// <exception cref="FanOutException">InvalidParameter.</exception>
    public static void CheckDestination(string destination)
    {
        bool isName = FindQueue.IsName(destination);
        Arn? arn = null;
        if (!isName && (!Arn.TryParse(destination, out arn) || arn.Service is not ("sqs" or "sns" or "s3")))
        {
            throw FanOutError.InvalidParameter(
                nameof(OnFailureDestination),
                destination,
                $"takes a queue's name, or the ARN of a queue (arn:aws:sqs:region:account:queue), a topic (arn:aws:sns:region:account:topic) or a bucket (arn:aws:s3:::bucket), not '{destination}'.");
        }

        // https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html, and of topics PutFunctionEventInvokeConfig: standard queues and topics.
        if (arn?.Service != "s3" && destination.EndsWith(".fifo", StringComparison.Ordinal))
        {
            throw FanOutError.InvalidParameter(nameof(OnFailureDestination), destination, $"is '{destination}': Lambda reports to standard queues and topics, not to FIFO ones.");
        }
    }

    private void Write(EventSourceMappingSettings request, bool report)
    {
        request.BatchSize = BatchSize;
        request.MaximumBatchingWindowInSeconds = (int)BatchingWindow.TotalSeconds;
        request.ParallelizationFactor = ParallelizationFactor;
        request.BisectBatchOnFunctionError = true;
        request.MaximumRetryAttempts = MaximumRetryAttempts;
        request.MaximumRecordAgeInSeconds = MaximumRecordAgeInSeconds;
        request.FunctionResponseTypes = report ? [ReportingPlan.ResponseType] : [];
        request.DestinationConfig = OnFailureDestination is null ? null : new() { OnFailure = new() { Destination = OnFailureDestination } };
    }

    private void CheckPosition(string sourceArn)
    {
        if (StartingPosition == StreamPosition.AtTimestamp && StartingPositionTimestamp is null)
        {
            throw FanOutError.InvalidParameter(nameof(StartingPosition), StartingPosition, "AtTimestamp needs -StartingPositionTimestamp.");
        }

        if (StartingPositionTimestamp is { } timestamp && StartingPosition is not (null or StreamPosition.AtTimestamp))
        {
            throw FanOutError.InvalidParameter(nameof(StartingPositionTimestamp), timestamp, $"goes with -StartingPosition AtTimestamp, not {StartingPosition}.");
        }

        if (StartingPositionTimestamp is { } moment && EventSource.Describe(sourceArn).Kind != "Kinesis")
        {
            throw FanOutError.InvalidParameter(
                nameof(StartingPositionTimestamp), moment, "is for Kinesis: a DynamoDB stream begins with -StartingPosition TrimHorizon or Latest.");
        }
    }

    private static bool IsNever(TimeSpan age) => age == TimeSpan.FromSeconds(-1) || age == Timeout.InfiniteTimeSpan;

    private static void Within(string parameter, int value, int least, int most, string or = "")
    {
        if (value < least || value > most)
        {
            throw FanOutError.InvalidParameter(
                parameter, value, string.Create(CultureInfo.InvariantCulture, $"is {value}; it takes {Math.Max(least, 0):N0} to {most:N0}{or}."));
        }
    }

    private static void Seconds(string parameter, TimeSpan value, int least, int most, string or = "")
    {
        if (value < TimeSpan.FromSeconds(least) || value > TimeSpan.FromSeconds(most) || value.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            throw FanOutError.InvalidParameter(
                parameter, value, string.Create(CultureInfo.InvariantCulture, $"is {value}; it takes {least:N0} to {most:N0} whole seconds{or}."));
        }
    }
}
