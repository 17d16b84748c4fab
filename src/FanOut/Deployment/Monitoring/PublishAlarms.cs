using System.Globalization;
using FanOut.Aws.CloudWatch;
using FanOut.Credentials;
using FanOut.Errors;

namespace FanOut.Deployment.Monitoring;

/// <summary>A function's alarms in CloudWatch: looks first, and plans what is missing or other than it is wanted.</summary>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="function">The function's name.</param>
internal sealed class PublishAlarms(AwsSession session, string function)
{
    private AmazonCloudWatchClient Client => session.CloudWatch();

    /// <summary>The alarms that are there of those that the function can have.</summary>
    public async Task<IReadOnlyList<MetricAlarm>> ReadAsync(CancellationToken cancellationToken)
    {
        var request = new DescribeAlarmsRequest { AlarmNames = [.. FunctionAlarms.Metrics.Select(m => AlarmDefinition.NameOf(function, m))] };
        List<MetricAlarm> found = [];
        do
        {
            DescribeAlarmsResponse page = await Client.DescribeAlarmsAsync(request, cancellationToken).ConfigureAwait(false);
            found.AddRange(page.MetricAlarms ?? []);
            request.NextToken = page.NextToken;
        }
        while (request.NextToken is not null);
        return found;
    }

    /// <summary>Plans the alarms; only reads.</summary>
    /// <param name="definitions">The alarms.</param>
    /// <param name="settings">What is wanted of them.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<IReadOnlyList<Change>> PlanAsync(IEnumerable<AlarmDefinition> definitions, AlarmSettings settings, CancellationToken cancellationToken)
    {
        Dictionary<string, MetricAlarm> there = (await ReadAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(static a => a.AlarmName!);
        List<Change> changes = [];
        foreach (AlarmDefinition definition in definitions)
        {
            MetricAlarm? now = there.GetValueOrDefault(definition.Name);
            MetricAlarm wanted = Wanted(definition, settings, now);
            string target = $"alarm {definition.Name} in {session.Region}";
            Dictionary<string, string> tags = DeploymentTags.Of(function, settings.Tags);
            if (now is null)
            {
                changes.Add(new(target, $"Create, over {Text(definition, wanted.Threshold!.Value)}", c => Client.PutMetricAlarmAsync(new() { Alarm = wanted, Tags = tags }, c)));
                continue;
            }

            string[] differences = [.. Differences(definition, now, wanted)];
            if (differences.Length > 0)
            {
                changes.Add(new(target, $"Change {string.Join(", ", differences)}", c => Client.PutMetricAlarmAsync(new() { Alarm = wanted }, c)));
            }

            if (DeploymentTags.Missing(tags, await TagsAsync(now, cancellationToken).ConfigureAwait(false)) is { Count: > 0 } missing)
            {
                changes.Add(new(target, DeploymentTags.Action(missing), c => Client.TagResourceAsync(new() { ResourceArn = now.AlarmArn!, Tags = missing }, c)));
            }
        }

        return changes;
    }

    /// <summary>Plans that no alarm is left that was made for the function; only reads.</summary>
    /// <param name="tellLeft">Is told of alarms of these names that were not made for it.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<IReadOnlyList<Change>> PlanRemovalAsync(Action<string> tellLeft, CancellationToken cancellationToken)
    {
        List<Change> changes = [];
        foreach (MetricAlarm alarm in await ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if ((await TagsAsync(alarm, cancellationToken).ConfigureAwait(false)).GetValueOrDefault(DeploymentTags.Function) == function)
            {
                changes.Add(new($"alarm {alarm.AlarmName} in {session.Region}", "Delete", c => Client.DeleteAlarmsAsync(new() { AlarmNames = [alarm.AlarmName!] }, c)));
            }
            else
            {
                tellLeft($"alarm {alarm.AlarmName}, which Publish-FanOutAlarm has not made");
            }
        }

        return changes;
    }

    private async Task<Dictionary<string, string>> TagsAsync(MetricAlarm alarm, CancellationToken cancellationToken) =>
        (await Client.ListTagsForResourceAsync(new() { ResourceArn = alarm.AlarmArn! }, cancellationToken).ConfigureAwait(false)).Tags ?? [];

    // What others have set besides, such as who is told that it is over, stays.
    private static MetricAlarm Wanted(AlarmDefinition definition, AlarmSettings settings, MetricAlarm? now)
    {
        var alarm = new MetricAlarm
        {
            AlarmName = definition.Name,
            AlarmDescription = definition.Description,
            ActionsEnabled = now?.ActionsEnabled ?? true,
            OKActions = now?.OKActions,
            InsufficientDataActions = now?.InsufficientDataActions,
            AlarmActions = settings.Topics is { } topics ? [.. topics] : now?.AlarmActions ?? [],
            EvaluationPeriods = definition.EvaluationPeriods,
            Threshold = settings.Thresholds.TryGetValue(definition.Metric, out double given) ? given : now?.Threshold ?? (definition.Query is null ? settings.DefaultAge : 0),
            ComparisonOperator = AlarmDefinition.Comparison,
            TreatMissingData = AlarmDefinition.MissingData,
        };
        if (definition.Query is { } query)
        {
            alarm.Metrics = [new MetricDataQuery { Id = "all", Label = definition.Metric, Expression = query, Period = AlarmDefinition.Period, ReturnData = true }];
        }
        else
        {
            (alarm.Namespace, alarm.MetricName, alarm.Statistic, alarm.Period) = ("AWS/Lambda", definition.Metric, "Maximum", AlarmDefinition.Period);
            alarm.Dimensions = [new Dimension { Name = "FunctionName", Value = definition.Function }];
        }

        return alarm;
    }

    private static IEnumerable<string> Differences(AlarmDefinition definition, MetricAlarm now, MetricAlarm wanted)
    {
        if (now.Threshold != wanted.Threshold)
        {
            yield return $"the threshold from {Text(definition, now.Threshold ?? 0)} to {Text(definition, wanted.Threshold!.Value)}";
        }

        if (!(now.AlarmActions ?? []).Order(StringComparer.Ordinal).SequenceEqual(wanted.AlarmActions!.Order(StringComparer.Ordinal)))
        {
            yield return $"who is told to {(wanted.AlarmActions!.Count == 0 ? "nobody" : string.Join(", ", wanted.AlarmActions))}";
        }

        if (Measure(now) != Measure(wanted))
        {
            yield return "what it looks at";
        }

        if (now.AlarmDescription != wanted.AlarmDescription)
        {
            yield return "its description";
        }
    }

    private static (string?, string?, string?, int?, int?, string?, string?) Measure(MetricAlarm alarm) => (
        alarm.Metrics is [{ } query] ? query.Expression : null, alarm.MetricName is null ? null : $"{alarm.Namespace} {alarm.MetricName} {string.Join(',', (alarm.Dimensions ?? []).Select(static d => $"{d.Name}={d.Value}"))}",
        alarm.MetricName is null ? null : alarm.Statistic, alarm.MetricName is null ? (alarm.Metrics is [{ } q] ? q.Period : null) : alarm.Period, alarm.EvaluationPeriods, alarm.ComparisonOperator, alarm.TreatMissingData);

    private static string Text(AlarmDefinition definition, double threshold) => definition.Query is null
        ? DurationText.Of(TimeSpan.FromSeconds(Math.Round(threshold / 1000)))
        : string.Create(CultureInfo.InvariantCulture, $"{threshold:0.###} a minute");
}
