using FanOut.LocalCloud.CloudWatch;

namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>
/// Publishes the metric IteratorAge, by function, and by function and alias (the dimension <c>Resource</c>). It has no
/// dimension for the event source mapping (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html).
/// </summary>
internal static class IteratorAge
{
    public static void Publish(LambdaServiceOptions options, string functionArn, TimeSpan age)
    {
        if (options.PublishMetric is not { } publish)
        {
            return;
        }

        var name = FunctionName.Parse(functionArn);
        var resource = name.Qualifier is null ? name.Name : $"{name.Name}:{name.Qualifier}";
        publish(Datum(new() { ["FunctionName"] = name.Name }));
        publish(Datum(new() { ["FunctionName"] = name.Name, ["Resource"] = resource }));

        PublishedMetric Datum(Dictionary<string, string> dimensions) => new("AWS/Lambda", "IteratorAge", dimensions, 0)
        {
            Value = age.TotalMilliseconds,
            Unit = "Milliseconds",
            Time = options.TimeProvider.GetUtcNow(),
            Region = name.Region!,
            AccountId = name.AccountId!,
        };
    }
}
