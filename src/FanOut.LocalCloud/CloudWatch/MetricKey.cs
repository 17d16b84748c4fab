using System.Text.Json;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.CloudWatch;

/// <summary>What identifies a metric: namespace, name, and exactly these dimensions.</summary>
internal sealed record MetricKey(string Namespace, string Name, IReadOnlyDictionary<string, string> Dimensions)
{
    public static MetricKey Of(PublishedMetric datum) => new(datum.Namespace, datum.Name, datum.Dimensions);

    /// <summary>Reads the members Namespace, MetricName and Dimensions.</summary>
    /// <exception cref="ServiceException">MissingParameter.</exception>
    public static MetricKey Read(JsonElement metric) => new(
        MetricFields.RequiredText(metric, "Namespace"),
        MetricFields.RequiredText(metric, "MetricName"),
        metric.Items("Dimensions").ToDictionary(
            dimension => MetricFields.RequiredText(dimension, "Name"), dimension => MetricFields.RequiredText(dimension, "Value")));

    public bool Is(PublishedMetric datum) => datum.Namespace == Namespace && datum.Name == Name && datum.Dimensions.Count == Dimensions.Count
        && Dimensions.All(dimension => datum.Dimensions.TryGetValue(dimension.Key, out string? value) && value == dimension.Value);

    /// <summary>A text that is the same for the same metric; lists are sorted by it.</summary>
    public override string ToString() => string.Join('\n', Dimensions
        .OrderBy(dimension => dimension.Key, StringComparer.Ordinal).Select(dimension => $"{dimension.Key}={dimension.Value}").Prepend(Name).Prepend(Namespace));
}
