using FanOut.Aws.Lambda;
using FanOut.Sources;

namespace FanOut.Deployment.Templates;

/// <summary>A stream that the function reads.</summary>
/// <param name="Request">The event source mapping.</param>
/// <param name="Qualifier">The alias or version that is called; null: the function itself.</param>
internal sealed record StackStream(CreateEventSourceMappingRequest Request, string? Qualifier)
{
    /// <summary>A stream with the settings that it has.</summary>
    public static StackStream Of(EventSourceMappingConfiguration now) => new(
        new CreateEventSourceMappingRequest
        {
            EventSourceArn = now.EventSourceArn,
            Enabled = now.State is not ("Disabled" or "Disabling"),
            StartingPosition = now.StartingPosition,
            StartingPositionTimestamp = now.StartingPosition == "AT_TIMESTAMP" ? now.StartingPositionTimestamp : null,
            BatchSize = now.BatchSize,
            MaximumBatchingWindowInSeconds = now.MaximumBatchingWindowInSeconds,
            ParallelizationFactor = now.ParallelizationFactor,
            BisectBatchOnFunctionError = now.BisectBatchOnFunctionError,
            MaximumRecordAgeInSeconds = now.MaximumRecordAgeInSeconds,
            MaximumRetryAttempts = now.MaximumRetryAttempts,
            TumblingWindowInSeconds = now.TumblingWindowInSeconds,
            FunctionResponseTypes = now.FunctionResponseTypes,
            DestinationConfig = now.DestinationConfig?.OnFailure?.Destination is { Length: > 0 } ? now.DestinationConfig : null,
            FilterCriteria = now.FilterCriteria?.Filters is { Count: > 0 } ? now.FilterCriteria : null,
        },
        InvokedFunction.QualifierOf(now));

    /// <summary>A stream as Connect-FanOutSource connects it.</summary>
    /// <param name="eventSourceArn">ARN of the stream, or of its consumer.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="qualifier">The alias that is called; null: the function itself.</param>
    public static StackStream Of(string eventSourceArn, ConnectionSettings settings, string? qualifier) =>
        new(settings.ToCreate(eventSourceArn, "", report: true), qualifier);
}
