using System.Globalization;
using FanOut.Aws.Lambda;
using FanOut.Deployment;
using FanOut.Engine.Mappings;
using FanOut.Engine.Settings;
using FanOut.Registry;
using FanOut.Sources.Topics;

namespace FanOut.Sources;

/// <summary>Describes a function as cmdlets output it.</summary>
internal static class DescribeFunction
{
    /// <summary>The description.</summary>
    /// <param name="read">The function's settings and its table.</param>
    /// <param name="function">The function, as the user named it.</param>
    /// <param name="region">Its region.</param>
    /// <param name="code">Its program.</param>
    /// <param name="eventSourceMappings">Its event source mappings.</param>
    /// <param name="topics">The topics that it may be connected with; null: that could not be read.</param>
    /// <param name="rows">The rows of its table; null: it could not be read.</param>
    /// <param name="network">What it does not reach.</param>
    /// <param name="fault">Why the function does not run, where it was invoked for a test; null: nothing is known of that.</param>
    public static FanOutFunction Of(
        ReadSources read, FunctionDestination function, string region, DeployedCode code,
        IReadOnlyList<EventSourceMappingConfiguration> eventSourceMappings, IReadOnlyList<TopicConnection>? topics, IReadOnlyList<TargetRow>? rows, IReadOnlyList<string> network,
        string? fault = null)
    {
        FunctionConfiguration configuration = read.Configuration;
        TopicConnection[] connected = [.. (topics ?? []).Where(static t => t.State != DescribeSource.NotConnected)];
        return new FanOutFunction
        {
            FunctionName = function.Name,
            FunctionArn = configuration.FunctionArn,
            State = configuration.State,
            StateReason = configuration.StateReason,
            LastUpdateStatus = configuration.LastUpdateStatus,
            LastUpdateStatusReason = configuration.LastUpdateStatusReason,
            Runtime = configuration.Runtime,
            Architecture = configuration.Architectures is [var first, ..] ? first : null,
            MemorySize = configuration.MemorySize,
            Timeout = configuration.Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            CodeSha256 = configuration.CodeSha256,
            UpdateAvailable = code.IsOther,
            Version = code.Version?.ToString(),
            VersionComparison = code.Comparison,
            LastModified = Time(configuration.LastModified),
            Role = configuration.Role,
            Settings = new SortedDictionary<string, string>(
                read.Variables.Where(static v => v.Key.StartsWith(FunctionSettings.Prefix, StringComparison.Ordinal)).ToDictionary(), StringComparer.Ordinal),
            EnabledSources = eventSourceMappings.Count(static m => m.State == "Enabled") + connected.Count(static t => t.State == "Enabled"),
            ConnectedSources = eventSourceMappings.Count + connected.Length,
            EnabledTargets = rows?.Count(static r => r.Mapping is { Active: true }),
            AllTargets = rows?.Count,
            Problems = [.. fault is null ? Array.Empty<string>() : [$"The function does not run: {fault}"], .. FunctionProblems.Of(read, function, region, eventSourceMappings, connected, rows, network)],
            Region = region,
            TableName = read.TableName,
        };
    }

    // 2026-11-24T12:00:00.250+0000: ISO 8601, but without the colon in the time zone that .NET's standard formats need.
    private static DateTime? Time(string? text) => DateTimeOffset.TryParseExact(
        text, "yyyy-MM-dd'T'HH:mm:ss.FFFzzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)
        || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)
        ? time.UtcDateTime
        : null;
}
