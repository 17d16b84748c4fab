using System.Collections.Concurrent;
using System.Text.Json;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.CloudWatch;

/// <summary>Alarms, which are kept and told, in the JSON protocol alone.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html</remarks>
internal sealed class AlarmOperations
{
    private static readonly string[] Comparisons = ["GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"];

    private readonly ConcurrentDictionary<string, StoredAlarm> _alarms = new(StringComparer.Ordinal);

    public IReadOnlyList<StoredAlarm> All => [.. _alarms.Values.OrderBy(static a => a.Name, StringComparer.Ordinal)];

    public HttpResponse Put(ServiceCall call)
    {
        JsonElement json = call.Json;
        string name = MetricFields.RequiredText(json, "AlarmName");
        bool isQuery = json.Items("Metrics").Count > 0;
        if (isQuery == (json.Text("MetricName") is not null))
        {
            throw MetricFields.Combination("Exactly one of the parameters MetricName and Metrics must be specified.");
        }

        if (isQuery && json.Items("Metrics").Count(static m => m.Field("ReturnData")?.ValueKind != JsonValueKind.False) != 1)
        {
            throw MetricFields.Invalid("Exactly one element of the metrics list should return data.");
        }

        if (!isQuery)
        {
            MetricFields.RequiredNumber(json, "Period");
            MetricFields.RequiredText(json, "Statistic");
        }

        MetricFields.RequiredNumber(json, "EvaluationPeriods");
        if (!Comparisons.Contains(MetricFields.RequiredText(json, "ComparisonOperator")) || json.Field("Threshold") is not { ValueKind: JsonValueKind.Number })
        {
            throw MetricFields.Invalid("The parameters ComparisonOperator and Threshold are required.");
        }

        foreach (string list in (string[])["AlarmActions", "OKActions", "InsufficientDataActions"])
        {
            if (json.Items(list).Count > 5 || json.Items(list).Any(static a => a.GetString() is not { } arn || !arn.StartsWith("arn:", StringComparison.Ordinal)))
            {
                throw MetricFields.Invalid($"The parameter {list} has up to 5 ARNs.");
            }

            // https://github.com/cds-snc/notification-terraform/pull/128
            if (json.Items(list).Select(static a => ArnText.Part(a.GetString()!, 3)).FirstOrDefault(r => r.Length > 0 && r != call.Region) is { } other)
            {
                throw new ServiceException("ValidationError", $"Invalid region {other} specified. Only {call.Region} is supported.");
            }
        }

        string alarm = ArnText.Of("cloudwatch", call.Region, call.AccountId, $"alarm:{name}");
        JsonElement settings = json.Clone();
        _alarms.AddOrUpdate(alarm, a => new(a, settings, Tags(json)), (_, before) => before with { Settings = settings });
        return JsonAnswer.Empty;
    }

    public HttpResponse Describe(ServiceCall call)
    {
        string?[] names = [.. call.Json.Items("AlarmNames").Select(static n => n.GetString())];
        return JsonAnswer.Of(json =>
        {
            json.WriteStartArray("MetricAlarms");
            foreach (StoredAlarm alarm in All.Where(a => ArnText.Part(a.Arn, 3) == call.Region && ArnText.Part(a.Arn, 4) == call.AccountId && (names.Length == 0 || names.Contains(a.Name))))
            {
                json.WriteStartObject();
                foreach (JsonProperty setting in alarm.Settings.EnumerateObject().Where(static s => s.Name != "Tags"))
                {
                    setting.WriteTo(json);
                }

                json.WriteString("AlarmArn", alarm.Arn);
                json.WriteString("StateValue", "INSUFFICIENT_DATA");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("CompositeAlarms");
            json.WriteEndArray();
        });
    }

    public HttpResponse Delete(ServiceCall call)
    {
        string[] arns = [.. call.Json.Items("AlarmNames").Select(n => ArnText.Of("cloudwatch", call.Region, call.AccountId, $"alarm:{n.GetString()}"))];
        foreach (string arn in arns)
        {
            Find(arn);
        }

        foreach (string arn in arns)
        {
            _alarms.TryRemove(arn, out _);
        }

        return JsonAnswer.Empty;
    }

    public HttpResponse ListTags(ServiceCall call)
    {
        StoredAlarm alarm = Find(MetricFields.RequiredText(call.Json, "ResourceARN"));
        return JsonAnswer.Of(json =>
        {
            json.WriteStartArray("Tags");
            foreach ((string key, string value) in alarm.Tags)
            {
                json.WriteStartObject();
                json.WriteString("Key", key);
                json.WriteString("Value", value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    public HttpResponse Tag(ServiceCall call)
    {
        StoredAlarm alarm = Find(MetricFields.RequiredText(call.Json, "ResourceARN"));
        _alarms[alarm.Arn] = alarm with { Tags = alarm.Tags.Concat(Tags(call.Json)).GroupBy(static t => t.Key).ToDictionary(static g => g.Key, static g => g.Last().Value) };
        return JsonAnswer.Empty;
    }

    public void Untag(string name, string tag)
    {
        StoredAlarm alarm = All.First(a => a.Name == name);
        _alarms[alarm.Arn] = alarm with { Tags = alarm.Tags.Where(t => t.Key != tag).ToDictionary(static t => t.Key, static t => t.Value) };
    }

    private StoredAlarm Find(string arn) => _alarms.GetValueOrDefault(arn) ?? throw new ServiceException("ResourceNotFoundException", $"There is no alarm {arn}.", 404);

    private static Dictionary<string, string> Tags(JsonElement json) =>
        json.Items("Tags").ToDictionary(static t => MetricFields.RequiredText(t, "Key"), static t => MetricFields.RequiredText(t, "Value"));
}
