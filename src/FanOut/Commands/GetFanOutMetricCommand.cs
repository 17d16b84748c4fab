using System.Management.Automation;
using Amazon.Runtime;
using FanOut.Abstractions;
using FanOut.Aws.Lambda;
using FanOut.Completion;
using FanOut.Credentials;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Operations;
using FanOut.Parameters;
using FanOut.Registry;
using FanOut.Sources;

namespace FanOut.Commands;

/// <summary>Gets what CloudWatch has counted of a fan-out function: by target, by source or altogether, in sums and period by period.</summary>
/// <remarks>
/// <para>Each target has an object, also where nothing was counted of it: then all is zero. The property Points has the values period by period; the table shows how the delivered records went, the greatest as the tallest sign.</para>
/// <para>CloudWatch has the function's metrics by source and destination, a minute or two after they were written. It has none where the function's setting FANOUT_METRICS is none. Targets of a source with the same destination are counted together; SharedWith names the others. So a target that gets the destination of an earlier one has its past too.</para>
/// <para>What targets got that were unregistered since, or got another destination, is in the sums by source and function. By target -IncludeUnregistered has it in rows of their own: Id is the destination's name in brackets, which is no target's, and Registered is $false. It is looked up in CloudWatch's list of metrics, which has those of the last two weeks, new ones a quarter of an hour late. Who may not list them (cloudwatch:ListMetrics) is warned that they are left out.</para>
/// <para>CloudWatch charges $0.01 for 1,000 metrics that are asked for: a target has 7, so a table of 30 targets costs a fifth of a cent each time, with -Watch each half minute.</para>
/// <para>-Watch shows the table again and again in the same place, what is in trouble first, until Ctrl+C. Where the output is no screen the tables follow each other. In a pipeline the objects are output each time instead.</para>
/// </remarks>
/// <example>
/// <code>Get-FanOutMetric</code>
/// <para>What each target of the function fanout got within the last hour.</para>
/// </example>
/// <example>
/// <code>Get-FanOutMetric -By Source -Last 1.00:00:00 -Period 01:00:00 | Where-Object Failed | Format-List</code>
/// <para>Sources with records that were not delivered within the last day, and how old their records were at most.</para>
/// </example>
/// <example>
/// <code>(Get-FanOutTarget archive | Get-FanOutMetric -Last 3:00:00).Points | Format-Table Time, Delivered, Failed, Duration</code>
/// <para>The target archive, every five minutes of the last three hours.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "FanOutMetric", HelpUri = ProjectAddress.CmdletPages + "Get-FanOutMetric.md")]
[OutputType(typeof(FanOutMetric))]
public sealed partial class GetFanOutMetricCommand : ChainCommand
{
    private static readonly TimeSpan DefaultLast = TimeSpan.FromHours(1);

    private readonly ResolveSource _resolve = new();
    private readonly Dictionary<(AwsSession, string, string?), AskedMetrics> _asked = [];

    /// <summary>The ids of targets, or patterns with * and ?. Without them: all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TargetIdCompleter))]
    public string[]? Id { get; set; }

    /// <summary>The ARN of the source: a Kinesis stream, a DynamoDB stream or an SNS topic. Without it and -Source: all sources.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StreamARN", "LatestStreamArn", "EventSourceArn")]
    [ArgumentCompleter(typeof(SourceArnCompleter))]
    public string? SourceArn { get; set; }

    /// <summary>The name of the source, which is looked up: that of a Kinesis stream, of the table whose DynamoDB stream it is, or of an SNS topic.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SourceCompleter))]
    public string? Source { get; set; }

    /// <summary>What -Source names: Kinesis, DynamoDB or SNS. Without it, the name is looked for among all three; needed only where several have it.</summary>
    [Parameter]
    [NullWhenEmpty(typeof(SourceType))]
    public SourceType? SourceType { get; set; }

    /// <summary>What is added up: Target, each by itself; Source, each with all its targets; Function, all of it, with its invocations. Default: Target.</summary>
    [Parameter]
    public MetricScope By { get; set; }

    /// <summary>By target, outputs rows for destinations too that no target has any more, where something was counted of them within the last two weeks. By source and function they are in the sums without it.</summary>
    [Parameter]
    public SwitchParameter IncludeUnregistered { get; set; }

    /// <summary>How far to look back from -EndTime, or from now: a duration or seconds. Default: an hour. It begins with a whole period.</summary>
    [Parameter]
    [Duration]
    [NotAFile]
    public TimeSpan? Last { get; set; }

    /// <summary>The time from which on to look, instead of -Last. A time without a zone is local.</summary>
    [Parameter]
    [NotAFile]
    public DateTime? StartTime { get; set; }

    /// <summary>The time before which to look. Default: now.</summary>
    [Parameter]
    [NotAFile]
    public DateTime? EndTime { get; set; }

    /// <summary>How long each period is: whole minutes, as a duration or in seconds. Default: as long as makes at most 60 of them. CloudWatch has single minutes for 15 days, 5 minutes for 63 days, hours for 455 days.</summary>
    [Parameter]
    [Duration]
    [NotAFile]
    public TimeSpan? Period { get; set; }

    /// <summary>Shows the table again and again in the same place until Ctrl+C.</summary>
    [Parameter]
    public SwitchParameter Watch { get; set; }

    /// <summary>After what time -Watch reads again: a duration or seconds. Default: 30 seconds. CloudWatch has new values each minute.</summary>
    [Parameter]
    [Duration]
    [NotAFile]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    private protected override object? Subject => Id is [var only] ? only : NullIfEmpty(SourceArn) ?? NullIfEmpty(Source) ?? Function.Name;

    /// <inheritdoc/>
    private protected override string? NamedRegion => base.NamedRegion
        ?? (Arn.TryParse(NullIfEmpty(SourceArn) ?? Source, out Arn? source) ? NullIfEmpty(source.Region) : null);

    // Sources and functions as a whole have no ids; a piped target stands for its source or function then.
    private string[] Ids => By == MetricScope.Target ? [.. (Id ?? []).Where(static i => i.Length > 0)] : [];

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        Range();
        if (IncludeUnregistered && IsExplicit(nameof(Id)))
        {
            throw FanOutError.InvalidParameter(nameof(Id), Id, "names targets, and -IncludeUnregistered asks for what is of none: give one of them.");
        }

        if (By != MetricScope.Target && IsExplicit(nameof(Id)))
        {
            throw FanOutError.InvalidParameter(nameof(Id), Id, $"names targets, and -By {By} adds them up: give one of them.");
        }

        string? source = By == MetricScope.Function || (NullIfEmpty(SourceArn) is null && NullIfEmpty(Source) is null)
            ? null
            : Await(_resolve.ArnAsync(Session, NullIfEmpty(SourceArn), NullIfEmpty(Source), SourceType, StopToken));
        if (Asked() is not { } asked)
        {
            return;
        }

        foreach (MeasuredScope scope in By switch
        {
            MetricScope.Target => Targets(asked, source),
            MetricScope.Source => SourcesOf(asked, source),
            _ => [MeasuredScope.Function(asked.Rows, Past(asked))],
        })
        {
            asked.Add(scope);
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        base.Finish();
        if (_asked.Count == 0)
        {
            return;
        }

        if (Watch)
        {
            ShowAgainAndAgain();
            return;
        }

        MetricRange range = Range();
        foreach (AskedMetrics asked in _asked.Values)
        {
            Guard(() => WriteObject(Await(asked.ReadAsync(range, StopToken)), enumerateCollection: true));
        }
    }

    private MetricRange Range()
    {
        if (Interval < TimeSpan.FromSeconds(1))
        {
            throw FanOutError.InvalidParameter(nameof(Interval), Interval, "must be a second or more.");
        }

        (DateTime start, DateTime end) = AskedPeriod.Of(Last, StartTime, EndTime, Watch ? nameof(Watch) : null, DefaultLast, Time.GetUtcNow());
        return MetricRange.Of(start, end, Period, Time.GetUtcNow().UtcDateTime);
    }

    // Of a function that many piped objects have, the table is read once.
    private AskedMetrics? Asked()
    {
        (AwsSession, string, string?) key = (FunctionSession, Function.Name, GivenTable);
        if (!_asked.TryGetValue(key, out AskedMetrics? asked))
        {
            ReadSources read = ReadFunction();
            if (ReadRows(read.TableName, null) is not { } rows)
            {
                return null;
            }

            _asked[key] = asked = new AskedMetrics(FunctionSession, Function.Name, read.TableName) { Rows = rows };
            if (read.Variables.TryGetValue(FunctionVariables.Metrics, out string? metrics) && metrics.Equals("none", StringComparison.OrdinalIgnoreCase))
            {
                WriteWarning($"The function {Function.Name} tells no metrics of its own ({FunctionVariables.Metrics}=none), so that of records nothing is counted. Publish-FanOutFunction{RepairCommand.FunctionOf(Function.Name, FunctionSession.Region)} -Metrics emf lets it.");
            }
        }

        return asked;
    }

    // What was counted of targets that are registered no more is among the sums, and may stand below the other targets.
    private IReadOnlyList<(string SourceArn, string Destination)> Past(AskedMetrics asked)
    {
        if (asked.Past is null)
        {
            try
            {
                asked.Past = Await(new FindCountedWays(FunctionSession, Function.Name).FindPastAsync(MeasuredScope.WaysOf(asked.Rows), StopToken));
            }
            catch (Exception e) when (e is AmazonServiceException or FanOutException)
            {
                // Someone may be allowed to read metrics, but not to list them.
                asked.Past = [];
                WriteWarning($"What targets of {Function.Name} got that are registered no more is not counted here: {Explain(e)}");
            }
        }

        return asked.Past;
    }

    private IEnumerable<MeasuredScope> Targets(AskedMetrics asked, string? source)
    {
        TargetRow[] rows = [.. asked.Rows.Where(r => source is null || r.SourceArn == source)];
        string[] ids = Ids;
        if (ids.Length == 0)
        {
            if (rows.Length == 0)
            {
                WriteWarning($"The table {asked.Table} has no target{(source is null ? "" : $" of {source}")}: Register-FanOutTarget registers one.");
            }

            (string SourceArn, string)[] past = [.. IncludeUnregistered ? Past(asked).Where(w => source is null || w.SourceArn == source) : []];
            return rows.Select(static r => r.SourceArn).Concat(past.Select(static w => w.SourceArn)).Distinct()
                .SelectMany(s => rows.Where(r => r.SourceArn == s).Select(r => MeasuredScope.Target(r, asked.Rows)).Concat(past.Where(w => w.SourceArn == s).Select(MeasuredScope.Past)));
        }

        return ids.SelectMany(id => Find(asked, rows, id, source));
    }

    private List<MeasuredScope> Find(AskedMetrics asked, TargetRow[] rows, string id, string? source)
    {
        var pattern = new WildcardPattern(id, WildcardOptions.None);
        TargetRow[] found = [.. rows.Where(r => r.Id == id)];
        found = found.Length > 0 ? found : [.. rows.Where(r => pattern.IsMatch(r.Id))];
        if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(id))
        {
            Fail(FanOutError.TargetNotFound(WildcardPattern.Unescape(id), source ?? "any source", asked.Table, FunctionSession.Region, FunctionSession.Identity, [.. rows.Select(static r => r.Id)]));
        }
        else if (found.Length == 0)
        {
            WriteVerbose($"No target has an id like '{id}'.");
        }

        return [.. found.Select(r => MeasuredScope.Target(r, asked.Rows))];
    }

    private IEnumerable<MeasuredScope> SourcesOf(AskedMetrics asked, string? source)
    {
        IReadOnlyList<EventSourceMappingConfiguration> connected = asked.EventSourceMappings ??= ReadEventSourceMappings(null);
        HashSet<string> present = [.. connected.Select(EventSource.Of).Concat(asked.Rows.Select(static r => r.SourceArn))];
        string[] known = [.. present.Union(Past(asked).Select(static w => w.SourceArn)).Order(StringComparer.Ordinal)];
        if (source is not null && !known.Contains(source))
        {
            throw FanOutError.SourceNotConnected(source, Function.Name, FunctionSession.Region, FunctionSession.Identity, "event source mapping, and no target", Nearest.Near(source, known));
        }

        return known.Where(k => source is null || k == source)
            .Select(k => MeasuredScope.Source(k, asked.Rows, Past(asked), connected.Where(c => EventSource.Of(c) == k).Select(InvokedFunction.QualifierOf).FirstOrDefault()) with
            {
                IsRegistered = present.Contains(k) || k == source,
            });
    }
}
