using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FanOut.LocalCloud.CloudWatch;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Logs;

/// <summary>CloudWatch Logs: log groups, and the output of deployed functions in them.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html</remarks>
public sealed partial class LogsService : IService
{
    private const int MostListed = 50;
    private static readonly int[] Retentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    private readonly ConcurrentDictionary<string, StoredLogGroup> _groups = new(StringComparer.Ordinal);
    private readonly CloudOptions _options;
    private readonly OperationTable _operations;

    private readonly Action<PublishedMetric> _publish;

    internal LogsService(CloudOptions options, Action<PublishedMetric> publish)
    {
        (_options, _publish) = (options, publish);
        _operations = new()
        {
            ["CreateLogGroup"] = Create,
            ["DescribeLogGroups"] = Describe,
            ["DeleteLogGroup"] = Delete,
            ["PutRetentionPolicy"] = PutRetention,
            ["DeleteRetentionPolicy"] = DeleteRetention,
            ["TagResource"] = Tag,
            ["UntagResource"] = Untag,
            ["ListTagsForResource"] = ListTags,
            ["FilterLogEvents"] = Filter,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["logs"];

    /// <summary>All log groups.</summary>
    public IReadOnlyCollection<StoredLogGroup> LogGroups => [.. _groups.Values];

    /// <summary>The log group with this ARN, or with this name in the cloud's own account and region; null when there is none.</summary>
    public StoredLogGroup? Find(string nameOrArn)
    {
        ArgumentNullException.ThrowIfNull(nameOrArn);
        return _groups.GetValueOrDefault(ArnOf(nameOrArn, _options.Region, _options.AccountId));
    }

    /// <inheritdoc/>
    public CallSubject Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        string? group = serviceCall.Json.Text("logGroupName") ?? serviceCall.Json.Text("resourceArn");
        return new CallSubject(serviceCall.NamedOperation(), group is null ? null : ArnOf(group, serviceCall.Region, serviceCall.AccountId));
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken) =>
        _operations.AnswerAsync(serviceCall, cancellationToken);

    /// <summary>Makes a log group, unless it is there.</summary>
    /// <param name="name">Its name; it is of the cloud's own account and region.</param>
    public StoredLogGroup CreateLogGroup(string name)
    {
        string arn = ArnOf(name, _options.Region, _options.AccountId);
        Add(arn);
        return _groups[arn];
    }

    /// <summary>Writes a line; it is lost if there is no such group. Metrics in it (the embedded metric format) are published.</summary>
    /// <param name="groupArn">The group.</param>
    /// <param name="stream">The log stream.</param>
    /// <param name="message">The line.</param>
    public void Write(string groupArn, string stream, string message)
    {
        if (_groups.TryGetValue(groupArn, out StoredLogGroup? group))
        {
            group.Events.Add(new LogEvent(stream, _options.TimeProvider.GetUtcNow(), message));
            foreach (PublishedMetric metric in EmbeddedMetrics.In(message, ArnText.Part(group.Arn, 3), ArnText.Part(group.Arn, 4)))
            {
                _publish(metric);
            }
        }
    }

    internal bool Add(string groupArn) => _groups.TryAdd(groupArn, new StoredLogGroup(groupArn, _options.TimeProvider.GetUtcNow()));

    private HttpResponse Create(ServiceCall call)
    {
        string name = call.Json.Text("logGroupName") ?? "";
        if (!GroupName().IsMatch(name))
        {
            throw Invalid($"1 validation error detected: Value '{name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+");
        }

        StoredLogGroup group = new(call.Destination!, call.Time) { Tags = call.Json.Texts("tags"), KmsKeyId = call.Json.Text("kmsKeyId") };
        return _groups.TryAdd(group.Arn, group) ? JsonAnswer.Empty : throw new ServiceException("ResourceAlreadyExistsException", "The specified log group already exists");
    }

    private HttpResponse Describe(ServiceCall call)
    {
        string prefix = call.Json.Text("logGroupNamePrefix") ?? "";
        string after = call.Json.Text("nextToken") ?? "";
        int most = call.Json.Number("limit") ?? MostListed;
        if (most is < 1 or > MostListed)
        {
            throw Invalid($"1 validation error detected: Value '{most}' at 'limit' failed to satisfy constraint: Member must have value between 1 and {MostListed}");
        }

        StoredLogGroup[] rest =
        [
            .. _groups.Values
                .Where(group => ArnText.Part(group.Arn, 3) == call.Region && ArnText.Part(group.Arn, 4) == call.AccountId)
                .Where(group => group.Name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(group.Name, after) > 0)
                .OrderBy(group => group.Name, StringComparer.Ordinal)
                .Take(most + 1),
        ];
        return JsonAnswer.Of(json =>
        {
            json.WriteStartArray("logGroups");
            foreach (StoredLogGroup group in rest.Take(most))
            {
                Write(json, group);
            }

            json.WriteEndArray();
            if (rest.Length > most)
            {
                json.WriteString("nextToken", rest[most - 1].Name);
            }
        });
    }

    private HttpResponse Delete(ServiceCall call)
    {
        _groups.TryRemove(Resolve(call).Arn, out _);
        return JsonAnswer.Empty;
    }

    private HttpResponse PutRetention(ServiceCall call)
    {
        StoredLogGroup group = Resolve(call);
        int days = call.Json.Number("retentionInDays") ?? 0;
        group.RetentionInDays = Retentions.Contains(days) ? days : throw Invalid(
            string.Create(CultureInfo.InvariantCulture, $"1 validation error detected: Value '{days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [{string.Join(", ", Retentions)}]"));
        return JsonAnswer.Empty;
    }

    private HttpResponse DeleteRetention(ServiceCall call)
    {
        Resolve(call).RetentionInDays = null;
        return JsonAnswer.Empty;
    }

    private HttpResponse Tag(ServiceCall call)
    {
        StoredLogGroup group = Resolve(call);
        Dictionary<string, string> tags = new(group.Tags);
        foreach ((string key, string value) in call.Json.Texts("tags"))
        {
            tags[key] = value;
        }

        group.Tags = tags;
        return JsonAnswer.Empty;
    }

    private HttpResponse Untag(ServiceCall call)
    {
        StoredLogGroup group = Resolve(call);
        string?[] keys = [.. call.Json.Items("tagKeys").Select(key => key.GetString())];
        group.Tags = group.Tags.Where(tag => !keys.Contains(tag.Key)).ToDictionary();
        return JsonAnswer.Empty;
    }

    private HttpResponse ListTags(ServiceCall call)
    {
        StoredLogGroup group = Resolve(call);
        return JsonAnswer.Of(json =>
        {
            json.WriteStartObject("tags");
            foreach ((string key, string value) in group.Tags)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        });
    }

    // Of the pattern language only terms in quotation marks, with and without a minus; a page has what "limit" says, or 10,000.
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
    private HttpResponse Filter(ServiceCall call)
    {
        StoredLogGroup group = Resolve(call);
        long start = call.Json.Field("startTime")?.GetInt64() ?? 0, end = call.Json.Field("endTime")?.GetInt64() ?? long.MaxValue;
        int first = int.Parse(call.Json.Text("nextToken") ?? "0", CultureInfo.InvariantCulture), most = call.Json.Number("limit") ?? 10_000;
        (bool IsExcluded, string Text)[] terms =
            [.. Term().Matches(call.Json.Text("filterPattern") ?? "").Select(static m => (m.Groups[1].Length > 0, m.Groups[2].Value))];
        (LogEvent Event, int Number)[] found =
        [
            .. group.Events.Select(static (e, i) => (Event: e, Number: i))
                .Where(e => e.Event.Time.ToUnixTimeMilliseconds() >= start && e.Event.Time.ToUnixTimeMilliseconds() < end)
                .Where(e => terms.All(t => e.Event.Message.Contains(t.Text, StringComparison.Ordinal) != t.IsExcluded))
                .OrderBy(static e => e.Event.Time),
        ];
        return JsonAnswer.Of(json =>
        {
            json.WriteStartArray("events");
            foreach ((LogEvent line, int number) in found.Skip(first).Take(most))
            {
                json.WriteStartObject();
                json.WriteString("logStreamName", line.Stream);
                json.WriteNumber("timestamp", line.Time.ToUnixTimeMilliseconds());
                json.WriteString("message", line.Message);
                json.WriteString("eventId", number.ToString("D56", CultureInfo.InvariantCulture));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (first + most < found.Length)
            {
                json.WriteString("nextToken", (first + most).ToString(CultureInfo.InvariantCulture));
            }
        });
    }

    private StoredLogGroup Resolve(ServiceCall call) => _groups.GetValueOrDefault(call.Destination ?? "") ?? throw new ServiceException(
        "ResourceNotFoundException", "The specified log group does not exist.");

    private static void Write(Utf8JsonWriter json, StoredLogGroup group)
    {
        json.WriteStartObject();
        json.WriteString("logGroupName", group.Name);
        json.WriteNumber("creationTime", group.Created.ToUnixTimeMilliseconds());
        if (group.RetentionInDays is { } days)
        {
            json.WriteNumber("retentionInDays", days);
        }

        json.WriteNumber("metricFilterCount", 0);
        json.WriteString("arn", $"{group.Arn}:*");
        json.WriteString("logGroupArn", group.Arn);
        json.WriteNumber("storedBytes", 0);
        json.WriteString("logGroupClass", "STANDARD");
        if (group.KmsKeyId is { } key)
        {
            json.WriteString("kmsKeyId", key);
        }

        json.WriteEndObject();
    }

    // Both forms are in use: with ":*" as in DescribeLogGroups, and without as in TagResource.
    private static string ArnOf(string nameOrArn, string region, string accountId) => !nameOrArn.StartsWith("arn:", StringComparison.Ordinal)
        ? ArnText.Of("logs", region, accountId, $"log-group:{nameOrArn}")
        : nameOrArn.EndsWith(":*", StringComparison.Ordinal) ? nameOrArn[..^2] : nameOrArn;

    private static ServiceException Invalid(string message) => new("InvalidParameterException", message);

    [GeneratedRegex("(-?)\"([^\"]*)\"")]
    private static partial Regex Term();

    [GeneratedRegex("^[.\\-_/#A-Za-z0-9]{1,512}$")]
    private static partial Regex GroupName();
}
