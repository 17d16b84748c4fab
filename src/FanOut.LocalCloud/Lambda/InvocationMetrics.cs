using FanOut.LocalCloud.CloudWatch;

namespace FanOut.LocalCloud.Lambda;

/// <summary>Publishes what Lambda counts of invocations, by function.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html; those by alias or version are left out.</remarks>
internal static class InvocationMetrics
{
    /// <summary>An invocation that ran.</summary>
    public static void Publish(LambdaFunction function, DateTimeOffset time, TimeSpan duration, bool failed)
    {
        Publish(function, time, "Invocations", "Count", 1);
        Publish(function, time, "Errors", "Count", failed ? 1 : 0);
        Publish(function, time, "Duration", "Milliseconds", duration.TotalMilliseconds);
    }

    /// <summary>An invocation that was refused.</summary>
    public static void PublishThrottled(LambdaFunction function, DateTimeOffset time) => Publish(function, time, "Throttles", "Count", 1);

    private static void Publish(LambdaFunction function, DateTimeOffset time, string name, string unit, double value) =>
        function.PublishMetric?.Invoke(new PublishedMetric("AWS/Lambda", name, new Dictionary<string, string> { ["FunctionName"] = function.Name }, 0)
        {
            Value = value,
            Unit = unit,
            Time = time,
            Region = ArnText.Part(function.Arn, 3),
            AccountId = ArnText.Part(function.Arn, 4),
        });
}
