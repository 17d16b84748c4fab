namespace FanOut.Deployment.Monitoring;

/// <summary>An alarm of a function, as its template and Publish-FanOutAlarm make it.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Metric">The metric that it is on.</param>
/// <param name="What">What it means that it goes off.</param>
internal sealed record AlarmDefinition(string Function, string Metric, string What)
{
    /// <summary>What is compared, and how: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html</summary>
    public const string Comparison = "GreaterThanThreshold", MissingData = "notBreaching";

    /// <summary>Seconds of one value.</summary>
    public const int Period = 60;

    /// <summary>The query over all of the function's metrics of that name; null: it is Lambda's metric, by function.</summary>
    public string? Query { get; init; }

    /// <summary>How many values in a row must be over the threshold.</summary>
    public int EvaluationPeriods { get; init; } = 1;

    /// <summary>Its name.</summary>
    public string Name => NameOf(Function, Metric);

    /// <summary>Its description.</summary>
    public string Description => $"{What}. Function {Function}; its log names the targets and the reasons.";

    /// <summary>The name of a function's alarm on a metric.</summary>
    public static string NameOf(string function, string metric) => $"FanOut-{function}-{metric}";
}
