using System.Globalization;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Lambda;

/// <summary>
/// What an on-failure destination is told of an asynchronous invocation
/// (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html).
/// </summary>
internal static class FailedEvent
{
    /// <summary>The condition of an event that failed as often as the settings allow.</summary>
    public const string RetriesExhausted = "RetriesExhausted";

    /// <summary>The condition of an event that became too old.</summary>
    public const string EventAgeExceeded = "EventAgeExceeded";

    /// <summary>The report.</summary>
    /// <param name="view">The function.</param>
    /// <param name="condition">One of this type's constants.</param>
    /// <param name="count">How often it was invoked.</param>
    /// <param name="payload">The event.</param>
    /// <param name="result">The last answer; null: the function was not invoked.</param>
    /// <param name="now">The time.</param>
    public static ReadOnlyMemory<byte> Of(
        FunctionView view, string condition, int count, ReadOnlyMemory<byte> payload, InvocationResult? result, DateTimeOffset now) => JsonAnswer.Object(json =>
    {
        json.WriteString("version", "1.0");
        json.WriteString("timestamp", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteStartObject("requestContext");
        json.WriteString("requestId", result?.RequestId ?? Guid.NewGuid().ToString());
        json.WriteString("functionArn", $"{view.Function.Arn}:{view.Qualifier ?? "$LATEST"}");
        json.WriteString("condition", condition);
        json.WriteNumber("approximateInvokeCount", count);
        json.WriteEndObject();
        json.WritePropertyName("requestPayload");
        json.WriteRawValue(payload.Span);
        if (result is not null)
        {
            json.WriteStartObject("responseContext");
            json.WriteNumber("statusCode", 200);
            json.WriteString("executedVersion", view.Version);
            json.WriteString("functionError", result.FunctionError);
            json.WriteEndObject();
            json.WritePropertyName("responsePayload");
            json.WriteRawValue(result.Payload.Span);
        }
    }, capacity: payload.Length + 1024);
}
