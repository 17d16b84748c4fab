using System.Management.Automation;
using Amazon.Runtime;
using FanOut.Abstractions;
using FanOut.Deployment;
using FanOut.Errors;
using FanOut.Files;
using FanOut.Operations;
using FanOut.Parameters;
using FanOut.Reports;
using FanOut.Reports.Pages;
using FanOut.Sources;

namespace FanOut.Commands;

/// <summary>Writes a report of a fan-out function as one page of HTML: where records go, how each target is, what is wrong with the command that mends it, what happened over time, and what the last day cost.</summary>
/// <remarks>
/// <para>The page is one file that asks for nothing else: no script, no font, no picture from elsewhere, and a policy in it forbids them. It can be mailed, put into a wiki or kept as an artifact of a pipeline. It has no secrets: passwords in destinations are stars, external ids are left out. Names and ARNs of the account are in it.</para>
/// <para>It fits phones and large screens, light and dark, paper, keyboards and screen readers; each chart has its values as a table too.</para>
/// <para>Why a target did not take records is looked up in the function's log, where that may be read (logs:FilterLogEvents).</para>
/// <para>It shows what Get-FanOutFunction, Get-FanOutSource, Get-FanOutTarget and Get-FanOutMetric tell. Where something may not be read, the page says so, and all else is there. For the metrics CloudWatch charges a cent for every 1,000 that are asked for: about 8 for each target, 4 for each source.</para>
/// <para>Changes nothing in AWS. The file is output, so that it can be opened: Export-FanOutReport | Invoke-Item.</para>
/// </remarks>
/// <example>
/// <code>Export-FanOutReport</code>
/// <para>Writes the report of the function fanout into the file fanout-report.html of the current folder.</para>
/// </example>
/// <example>
/// <code>Export-FanOutReport report.html -Last 7.00:00:00 -Title 'Orders, last week'</code>
/// <para>A report of the last seven days with its own heading.</para>
/// </example>
/// <example>
/// <code>Get-FanOutFunction | Export-FanOutReport -Path . -StartTime (Get-Date).Date</code>
/// <para>Reports of all fan-out functions of the region since midnight, a file for each.</para>
/// </example>
[Cmdlet(VerbsData.Export, "FanOutReport", HelpUri = ProjectAddress.CmdletPages + "Export-FanOutReport.md", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportFanOutReportCommand : ChainCommand
{
    private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);

    /// <summary>The file to write, or the folder for it; there it is called (function)-report.html. Default: the current folder. A name without an extension gets .html. A file that is there is replaced, unless -NoClobber is given.</summary>
    [Parameter(Position = 0)]
    [Alias("FilePath", "OutFile")]
    public string? Path { get; set; }

    /// <summary>How far the report looks back from -EndTime, or from now: a duration or seconds, five minutes to 455 days. Default: a day. -StartTime counts more.</summary>
    [Parameter]
    [Duration]
    [NotAFile]
    public TimeSpan Last { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The time from which on it reports, instead of -Last. A time without a zone is local.</summary>
    [Parameter]
    [NotAFile]
    public DateTime? StartTime { get; set; }

    /// <summary>The time until which it reports. Default: now.</summary>
    [Parameter]
    [NotAFile]
    public DateTime? EndTime { get; set; }

    /// <summary>The page's heading. Default: the function's name.</summary>
    [Parameter]
    [NotAFile]
    public string? Title { get; set; }

    /// <summary>Writes over a file that is read-only too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Does not replace a file that is there: that is an error.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <inheritdoc/>
    private protected override object? Subject => Function.Name;

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        ReportPeriod period = Period();
        string file = ReportFile.Of(GetUnresolvedProviderPathFromPSPath(NullIfEmpty(Path) ?? "."), Function.Name);
        if (_written.TryGetValue(file, out string? other))
        {
            throw FanOutError.InvalidParameter(nameof(Path), Path, $"is one file, and the report of {other} is in it already. Give a folder: each function has its own file there.");
        }

        OutputFile.Check(file, NoClobber);
        string page = ReportPage.Of(Read(period));
        if (ShouldProcess(file, $"Write the report of the function {Function.Text}"))
        {
            OutputFile.Write(file, page, Force);
            _written[file] = Function.Text;
            WriteObject(new FileInfo(file));
        }
    }

    private Report Read(ReportPeriod period)
    {
        FunctionChain chain = ReadChain();
        var report = new Report
        {
            Title = NullIfEmpty(Title),
            Period = period,
            Zone = Time.LocalTimeZone,
            Function = Describe(chain),
            Sources = DescribeSources(chain),
            Targets = chain.Targets is null ? null : [.. chain.Targets.Select(static r => r.ToTarget())],
        };
        return WithReasons(WithTraffic(report, new ReadTraffic(FunctionSession, chain, report.Function, report.Sources)), chain.Function);
    }

    private Report WithTraffic(Report report, ReadTraffic read)
    {
        try
        {
            Traffic traffic = Await(read.ReadAsync(report.Period, StopToken));
            return report with { Traffic = traffic, Cost = Await(read.ReadCostAsync(report.Period, traffic, StopToken)) };
        }
        catch (Exception e) when (e is FanOutException or AmazonServiceException)
        {
            WriteWarning($"How much flowed through {Function.Text} is not in the report: {Explain(e)}");
            return report with { TrafficProblem = "CloudWatch did not tell its metrics; the warning that Export-FanOutReport wrote says why." };
        }
    }

    // What the log may not tell, is left out: the page has the command that asks it.
    private Report WithReasons(Report report, ReadSources read)
    {
        var log = new LogReader(FunctionSession, PublishLogGroup.NameOf(read.Configuration, Function.Name), Function.Name);
        try
        {
            return report with { Reasons = Await(new ReadReasons(log, new ReadLogLine(Function.Name, FunctionSession.Region)).ReadAsync(report, StopToken)) };
        }
        catch (Exception e) when (e is FanOutException or AmazonServiceException)
        {
            WriteVerbose($"Why targets did not take records is not in the report, as the log could not be read: {Explain(e)}");
            return report;
        }
    }

    private ReportPeriod Period()
    {
        DateTimeOffset to = EndTime is { } end ? new DateTimeOffset(end.ToUniversalTime()) : Time.GetUtcNow();
        DateTimeOffset from = StartTime is { } start ? new DateTimeOffset(start.ToUniversalTime()) : to - Last;
        if (from >= to)
        {
            throw FanOutError.InvalidParameter(nameof(EndTime), EndTime, $"lies before the start of the report, which is {from:u}.");
        }

        return to - from < ReportPeriod.Shortest || to - from > ReportPeriod.Longest
            ? throw FanOutError.InvalidParameter(
                StartTime is null ? nameof(Last) : nameof(StartTime), StartTime is null ? Last : StartTime, "makes a period that a report cannot show: it has five minutes to 455 days, as long as CloudWatch keeps metrics.")
            : ReportPeriod.Of(from, to, Time.GetUtcNow());
    }
}
