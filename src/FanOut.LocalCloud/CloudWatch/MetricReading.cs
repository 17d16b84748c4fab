using System.Globalization;
using System.Text.Json;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.CloudWatch;

/// <summary>Reads metric data out of both protocols.</summary>
internal static class MetricReading
{
    public static IReadOnlyList<PublishedMetric> Form(ServiceCall call)
    {
        QueryForm form = call.Form;
        return [.. form.Members("MetricData.member").Select(member => new PublishedMetric(
            call.Destination!,
            form.Text($"{member}.MetricName") ?? "",
            form.Members($"{member}.Dimensions.member").ToDictionary(
                dimension => form.RequiredText($"{dimension}.Name"), dimension => form.Text($"{dimension}.Value") ?? ""),
            call.Number)
        {
            Value = Number(form.Text($"{member}.Value")),
            Values = [.. form.Members($"{member}.Values.member").Select(value => Number(form.Text(value))!.Value)],
            Counts = [.. form.Members($"{member}.Counts.member").Select(value => Number(form.Text(value))!.Value)],
            Statistics = form.Text($"{member}.StatisticValues.SampleCount") is null ? null : new MetricStatistics(
                Number(form.Text($"{member}.StatisticValues.SampleCount"))!.Value,
                Number(form.RequiredText($"{member}.StatisticValues.Sum"))!.Value,
                Number(form.RequiredText($"{member}.StatisticValues.Minimum"))!.Value,
                Number(form.RequiredText($"{member}.StatisticValues.Maximum"))!.Value),
            Unit = form.Text($"{member}.Unit"),
            Timestamp = form.Text($"{member}.Timestamp"),
            Time = form.Text($"{member}.Timestamp") is { } time ? MetricFields.Time(time, "Timestamp") : call.Time,
            Region = call.Region,
            AccountId = call.AccountId,
        })];
    }

    public static IReadOnlyList<PublishedMetric> Json(ServiceCall call) =>
    [
        .. call.Json.Items("MetricData").Select(datum => new PublishedMetric(
            call.Destination!,
            datum.Text("MetricName") ?? "",
            datum.Items("Dimensions").ToDictionary(dimension => dimension.RequiredText("Name"), dimension => dimension.RequiredText("Value")),
            call.Number)
        {
            Value = datum.Field("Value") is { } value ? Number(value) : null,
            Values = [.. datum.Items("Values").Select(Number)],
            Counts = [.. datum.Items("Counts").Select(Number)],
            Statistics = datum.Field("StatisticValues") is not { } statistics ? null : new MetricStatistics(
                Number(statistics, "SampleCount"), Number(statistics, "Sum"), Number(statistics, "Minimum"), Number(statistics, "Maximum")),
            Unit = datum.Text("Unit"),
            Timestamp = datum.Field("Timestamp")?.ToString(),
            Time = datum.Field("Timestamp") is { } time ? MetricFields.Time(time, "Timestamp") : call.Time,
            Region = call.Region,
            AccountId = call.AccountId,
        }),
    ];

    private static double? Number(string? text) => text is null ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number
        : throw new ServiceException("MalformedInput", $"'{text}' is not a number.");

    private static double Number(JsonElement parent, string name) => Number(parent.Field(name)
        ?? throw new ServiceException("MissingRequiredParameterException", $"StatisticValues.{name} is required.") { QueryCode = "MissingParameter" });

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetDouble()
        : throw new ServiceException("SerializationException", $"{value} is not a number.");
}
