using System.Text.Json;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.CloudWatch;

/// <summary>What makes a metric one: namespace, name, and exactly these dimensions.</summary>
internal sealed record MetricKey(string Namespace, string Name, IReadOnlyDictionary<string, string> Dimensions)
{
    public static MetricKey Of(PublishedMetric datum) => new(datum.Namespace, datum.Name, datum.Dimensions);

    /// <summary>Reads the members Namespace, MetricName and Dimensions.</summary>
    /// <exception cref="ServiceException">MissingParameter: one that must be there is not.</exception>
    public static MetricKey Read(JsonElement metric) => new(
        MetricFields.RequiredText(metric, "Namespace"),
        MetricFields.RequiredText(metric, "MetricName"),
        metric.Items("Dimensions").ToDictionary(
            dimension => MetricFields.RequiredText(dimension, "Name"), dimension => MetricFields.RequiredText(dimension, "Value")));

    public bool Is(PublishedMetric datum) => datum.Namespace == Namespace && datum.Name == Name && datum.Dimensions.Count == Dimensions.Count
        && Dimensions.All(dimension => datum.Dimensions.TryGetValue(dimension.Key, out string? value) && value == dimension.Value);

    /// <summary>The same for the same metric, and in an order that does not change: for listing.</summary>
    public override string ToString() => string.Join('\n', Dimensions
        .OrderBy(dimension => dimension.Key, StringComparer.Ordinal).Select(dimension => $"{dimension.Key}={dimension.Value}").Prepend(Name).Prepend(Namespace));
}
