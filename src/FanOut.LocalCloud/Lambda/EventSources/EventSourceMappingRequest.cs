using System.Globalization;
using System.Text.Json;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>Reads the settings out of a CreateEventSourceMapping or UpdateEventSourceMapping request.</summary>
internal static class EventSourceMappingRequest
{
    // An error rather than ignored: a test would believe that records are filtered, for example.
    private static readonly string[] Unsupported = ["FilterCriteria", "TumblingWindowInSeconds", "Topics", "Queues", "SelfManagedEventSource"];

    /// <summary>The settings, changed as the request says.</summary>
    /// <exception cref="ServiceException">InvalidParameterValueException: a value is out of bounds, or not possible here.</exception>
    public static EventSourceMappingOptions Apply(JsonElement request, EventSourceMappingOptions settings)
    {
        if (Array.Find(Unsupported, name => request.Field(name) is { } value && value.ToString() is not ("0" or "{}" or "[]")) is { } unsupported)
        {
            throw Invalid($"This stand-in of Lambda does not have {unsupported}.");
        }

        settings = settings with
        {
            BatchSize = request.Number("BatchSize") ?? settings.BatchSize,
            MaximumBatchingWindow = Seconds(request, "MaximumBatchingWindowInSeconds") ?? settings.MaximumBatchingWindow,
            ParallelizationFactor = request.Number("ParallelizationFactor") ?? settings.ParallelizationFactor,
            MaximumRetryAttempts = request.Number("MaximumRetryAttempts") ?? settings.MaximumRetryAttempts,
            MaximumRecordAge = request.Number("MaximumRecordAgeInSeconds") switch
            {
                null => settings.MaximumRecordAge,
                -1 => null,
                { } seconds => TimeSpan.FromSeconds(seconds),
            },
            BisectBatchOnFunctionError = request.Field("BisectBatchOnFunctionError") is null
                ? settings.BisectBatchOnFunctionError
                : request.Flag("BisectBatchOnFunctionError"),
            ReportBatchItemFailures = request.Field("FunctionResponseTypes") is null
                ? settings.ReportBatchItemFailures
                : ReportBatchItemFailures(request),
        };
        try
        {
            settings.Validate();
        }
        catch (ArgumentException e)
        {
            throw Invalid(e.Message);
        }

        return settings;
    }

    /// <summary>The settings of a new event source mapping.</summary>
    /// <exception cref="ServiceException">InvalidParameterValueException: a value is missing, out of bounds, or not possible here.</exception>
    public static EventSourceMappingOptions Create(JsonElement request, EventSourceMappingOptions defaults) => Apply(request, defaults with
    {
        StartingPosition = request.Text("StartingPosition") switch
        {
            "TRIM_HORIZON" => StartingPosition.TrimHorizon,
            "LATEST" => StartingPosition.Latest,
            "AT_TIMESTAMP" => StartingPosition.AtTimestamp,
            null => throw Invalid("1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null."),
            var other => throw Invalid($"StartingPosition is '{other}'; it must be TRIM_HORIZON, LATEST or AT_TIMESTAMP."),
        },
        StartingPositionTimestamp = request.Field("StartingPositionTimestamp") switch
        {
            null => null,
            { ValueKind: JsonValueKind.Number } seconds => DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds.GetDecimal() * 1000)),
            _ => throw Invalid("StartingPositionTimestamp is not a number of seconds since 1970."),
        },
    });

    /// <summary>The ARN of the on-failure destination; empty if the request removes it, null if it does not mention it.</summary>
    public static string? Destination(JsonElement request) =>
        request.Field("DestinationConfig") is not { } destinations ? null : destinations.Field("OnFailure")?.Text("Destination") ?? "";

    public static ServiceException Invalid(string message) => new("InvalidParameterValueException", message);

    private static bool ReportBatchItemFailures(JsonElement request)
    {
        foreach (var type in request.Items("FunctionResponseTypes"))
        {
            if (type.ToString() != "ReportBatchItemFailures")
            {
                throw Invalid(string.Create(CultureInfo.InvariantCulture, $"FunctionResponseTypes has '{type}'; it can only have ReportBatchItemFailures."));
            }
        }

        return request.Items("FunctionResponseTypes").Count > 0;
    }

    private static TimeSpan? Seconds(JsonElement request, string name) =>
        request.Number(name) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
