using System.Management.Automation;
using Amazon.Runtime;
using FanOut.Abstractions;
using FanOut.Aws.CloudWatchLogs;
using FanOut.Completion;
using FanOut.Deployment;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Operations;
using FanOut.Parameters;
using FanOut.Sources;

namespace FanOut.Commands;

/// <summary>Gets what a fan-out function has logged, as objects: what became of each batch at each target, and why records failed.</summary>
/// <remarks>
/// <para>The function writes one line per batch. Each of its targets is an entry; a target whose records failed for several reasons has one for each. Lines of Lambda itself come out where they say that something went wrong, such as a time-out; their level is platform. What the function writes for metrics is left out.</para>
/// <para>Sources, targets and the period are filtered by CloudWatch Logs, so that only what is asked for comes over the network; CloudWatch Logs charges nothing for that.</para>
/// <para>-Wait goes on with new lines until Ctrl+C. They appear some seconds after they were written.</para>
/// </remarks>
/// <example>
/// <code>Get-FanOutLog -Level error</code>
/// <para>What failed in the last 15 minutes.</para>
/// </example>
/// <example>
/// <code>Get-FanOutTarget archive | Get-FanOutLog -Last 1:00:00 -Level warn | Group-Object Class, Code -NoElement</code>
/// <para>Why records were not delivered to the target archive within the last hour, and how often.</para>
/// </example>
/// <example>
/// <code>Get-FanOutLog -Source orders -StartTime (Get-Date).AddHours(-2) -EndTime (Get-Date).AddHours(-1) | Measure-Object Delivered -Sum</code>
/// <para>How many records of the source orders were delivered in an hour, to all targets together.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "FanOutLog", HelpUri = ProjectAddress.CmdletPages + "Get-FanOutLog.md")]
[OutputType(typeof(FanOutLogEntry))]
public sealed class GetFanOutLogCommand : ChainCommand
{
    private static readonly string[] Levels = ["debug", "info", "warn", "error", "platform"];

    private static readonly TimeSpan DefaultLast = TimeSpan.FromMinutes(15);

    // CloudWatch Logs allows 5 to 10 calls a second, and lines take some seconds to be found.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2), Settling = TimeSpan.FromSeconds(30);

    private readonly ResolveSource _resolve = new();

    /// <summary>Only entries of targets with this id, or a pattern with * and ?. Without it: all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TargetIdCompleter))]
    public string[]? Id { get; set; }

    /// <summary>Only entries of this source: the ARN of a Kinesis stream, a DynamoDB stream or an SNS topic.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StreamARN", "LatestStreamArn", "EventSourceArn")]
    [ArgumentCompleter(typeof(SourceArnCompleter))]
    public string? SourceArn { get; set; }

    /// <summary>Only entries of the source of this name, which is looked up.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SourceCompleter))]
    public string? Source { get; set; }

    /// <summary>What -Source names: Kinesis, DynamoDB or SNS. Without it, the name is looked for among all three; needed only where several have it.</summary>
    [Parameter]
    [NullWhenEmpty(typeof(SourceType))]
    public SourceType? SourceType { get; set; }

    /// <summary>Only entries of this level and those above: debug, info, warn, error. Default: info.</summary>
    [Parameter]
    [OneOf("debug, info, warn, error")]
    [ArgumentCompleter(typeof(LogLevelCompleter))]
    public string Level { get; set; } = "info";

    /// <summary>How far to look back from -EndTime, or from now: a duration or seconds. Default: 15 minutes.</summary>
    [Parameter]
    [Duration]
    [NotAFile]
    public TimeSpan? Last { get; set; }

    /// <summary>The time from which on to look, instead of -Last. A time without a zone is local.</summary>
    [Parameter]
    [NotAFile]
    public DateTime? StartTime { get; set; }

    /// <summary>The time before which the entries end. Default: now.</summary>
    [Parameter]
    [NotAFile]
    public DateTime? EndTime { get; set; }

    /// <summary>Goes on with new entries until Ctrl+C.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    private protected override object? Subject => Id is [var only] ? only : NullIfEmpty(SourceArn) ?? NullIfEmpty(Source) ?? Function.Name;

    /// <inheritdoc/>
    private protected override string? NamedRegion => base.NamedRegion
        ?? (Arn.TryParse(NullIfEmpty(SourceArn) ?? Source, out Arn? source) ? NullIfEmpty(source.Region) : null);

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        (DateTime start, DateTime end) = AskedPeriod.Of(Last, StartTime, EndTime, Wait ? nameof(Wait) : null, DefaultLast, Time.GetUtcNow());
        string? source = NullIfEmpty(SourceArn) is null && NullIfEmpty(Source) is null
            ? null
            : Await(_resolve.ArnAsync(Session, NullIfEmpty(SourceArn), NullIfEmpty(Source), SourceType, StopToken));
        ReadSources read = ReadFunction();
        string group = PublishLogGroup.NameOf(read.Configuration, Function.Name);
        var log = new LogReader(FunctionSession, group, Function.Name);
        DateTimeOffset from = new(start);
        HashSet<string> missing = [.. Ids.Where(static i => !WildcardPattern.ContainsWildcardCharacters(i))];
        HashSet<string> seen = [];
        do
        {
            foreach (FilteredLogEvent line in Each(log.ReadAsync(from, EndTime is null ? null : new DateTimeOffset(end), Terms(source), StopToken)))
            {
                if (line.EventId is null || seen.Add(line.EventId))
                {
                    Write(line, source, missing);
                }
            }

            if (missing.Count > 0)
            {
                int unknown = CountUnknown(missing, source, read.TableName);
                missing.Clear();
                if (unknown == Ids.Length)
                {
                    return;
                }
            }

            // Lines of several environments do not come in order: what is young may still be followed by something older.
            from = Wait && Time.GetUtcNow() - Settling is var settled && settled > from ? settled : from;
        }
        while (Wait && Await(PauseAsync()));
    }

    private string[] Ids => [.. (Id ?? []).Where(static i => i.Length > 0)];

    // The log may still tell of targets that were removed. Of one that is neither in it nor in the table nothing will ever come.
    private int CountUnknown(IReadOnlyCollection<string> ids, string? source, string table)
    {
        HashSet<string> known;
        try
        {
            known = [.. Each(MappingsIn(table).ReadAsync(source, StopToken)).Select(static r => r.Id)];
        }
        catch (Exception e) when (e is FanOutException or AmazonServiceException)
        {
            WriteVerbose($"Whether there is a target {string.Join(", ", ids)} could not be found out: {Explain(e)}");
            return 0;
        }

        string[] unknown = [.. ids.Where(i => !known.Contains(i))];
        foreach (string id in unknown)
        {
            Fail(FanOutError.TargetNotFound(id, source ?? "any source", table, FunctionSession.Region, FunctionSession.Identity, known));
        }

        return unknown.Length;
    }

    private void Write(FilteredLogEvent line, string? source, HashSet<string> missing)
    {
        WildcardPattern[] wanted = [.. Ids.Select(static i => new WildcardPattern(i, WildcardOptions.None))];
        int least = Array.IndexOf(Levels, Level.ToLowerInvariant());
        foreach (FanOutLogEntry entry in new ReadLogLine(Function.Name, FunctionSession.Region).Of(line))
        {
            if ((source is null || entry.SourceArn == source) && (wanted.Length == 0 || (entry.Id is { } id && wanted.Any(w => w.IsMatch(id)))))
            {
                missing.Remove(entry.Id ?? "");
                if (Array.IndexOf(Levels, entry.Level) >= least)
                {
                    WriteObject(entry);
                }
            }
        }
    }

    // What a pattern of ids means, only we know; what they have in common is not worth asking for.
    private IEnumerable<string> Terms(string? source) => new[]
    {
        source,
        Id is [{ Length: > 0 } only] && !WildcardPattern.ContainsWildcardCharacters(only) ? only : null,
        Level.Equals("error", StringComparison.OrdinalIgnoreCase) && (source ?? NullIfEmpty(Id?.FirstOrDefault())) is not null ? "error" : null,
    }.OfType<string>();

    private async Task<bool> PauseAsync()
    {
        await Task.Delay(Pause, Time, StopToken).ConfigureAwait(false);
        return true;
    }
}
