using System.Text;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.Cmdlets.Reports;

/// <summary>Export-FanOutReport: where it writes, and what of the deployment is in it.</summary>
public sealed class ExportFanOutReportTests : IAsyncDisposable
{
    private readonly CloudSession _session = new();
    private readonly TemporaryFolder _folder = new();

    public ExportFanOutReportTests()
    {
        _session.Lambda.Add("fanout", new RecordingFunction());
        _session.Lambda.CreateEventSourceMapping(CloudSession.Orders, "fanout", new EventSourceMappingOptions { StartingPosition = StartingPosition.Latest });
        _session.Register("archive", "-Enabled");
    }

    private string File => Path.Join(_folder.Path, "fanout-report.html");

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void It_writes_a_page_and_outputs_its_file_and_changes_nothing()
    {
        _session.Forget();

        FileInfo file = Assert.IsType<FileInfo>(Run("Export-FanOutReport").ThrowIfFailed().Output.Single().BaseObject);

        Assert.Equal(File, file.FullName);
        byte[] page = System.IO.File.ReadAllBytes(File);
        Assert.True(Ascii.IsValid(page));
        string text = Encoding.ASCII.GetString(page);
        Assert.StartsWith("<!DOCTYPE html>\n", text, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", text, StringComparison.Ordinal);
        Assert.Contains(">archive<", text, StringComparison.Ordinal);
        Assert.Contains(">orders<", text, StringComparison.Ordinal);
        Assert.Empty(_session.Changes);
    }

    [Theory]
    [InlineData("-Path other.html", "other.html")]
    [InlineData("-Path other", "other.html")]
    [InlineData("-Path .", "fanout-report.html")]
    [InlineData("a.htm", "a.htm")]
    [InlineData("a.htm -FunctionName fanout", "a.htm")]
    [InlineData("-FunctionName arn:aws:lambda:us-east-1:123456789012:function:fanout", "fanout-report.html")]
    public void The_path_is_a_file_or_a_folder(string parameters, string expected)
    {
        Assert.Equal(Path.Join(_folder.Path, expected), $"{Run($"Export-FanOutReport {parameters}").ThrowIfFailed().Output.Single()}");
        Assert.True(System.IO.File.Exists(Path.Join(_folder.Path, expected)));
    }

    [Fact]
    public void A_file_is_kept_with_NoClobber_replaced_without_it_and_not_written_with_WhatIf()
    {
        Assert.Empty(Run("Export-FanOutReport -WhatIf").ThrowIfFailed().Output);
        Assert.False(System.IO.File.Exists(File));

        System.IO.File.WriteAllText(File, "theirs");
        Assert.StartsWith("FileExists,", Run("Export-FanOutReport -NoClobber").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("theirs", System.IO.File.ReadAllText(File));

        Run("Export-FanOutReport").ThrowIfFailed();
        Assert.StartsWith("<!DOCTYPE", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_an_error() =>
        Assert.StartsWith("FileNotWritten,", Run("Export-FanOutReport -Path missing/report.html").Error().FullyQualifiedErrorId, StringComparison.Ordinal);

    [Fact]
    public void Functions_that_are_piped_have_a_file_each_and_never_share_one()
    {
        _session.Lambda.Add("fanout-next", new RecordingFunction(), new() { Tags = new Dictionary<string, string> { ["fanout:function"] = "fanout-next" } });
        _session.Cloud.Dynamo.CreateTable("fanout-nextTargets", "sourceArn", "id");
        const string Both = "'fanout', 'fanout-next' | ForEach-Object { [pscustomobject]@{ FunctionName = $_ } } | Export-FanOutReport";

        Assert.Equal(["fanout-report.html", "fanout-next-report.html"], Run(Both).ThrowIfFailed().Output.Select(static f => ((FileInfo)f.BaseObject).Name));
        var error = Run($"{Both} -Path one.html").Error();
        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("the report of fanout is in it already", $"{error}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-EndTime 2026-01-01 -StartTime 2026-01-02", "EndTime")]
    [InlineData("-Last 10", "Last")]
    [InlineData("-Last 500.00:00:00", "Last")]
    [InlineData("-StartTime 2020-01-01", "StartTime")]
    public void A_period_that_cannot_be_shown_is_an_error(string parameters, string parameter)
    {
        var error = Run($"Export-FanOutReport {parameters}").Error();

        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"-{parameter}", $"{error}", StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Without_a_function_there_is_no_page()
    {
        Assert.StartsWith("FunctionNotFound,", Run("Export-FanOutReport -FunctionName nothing").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Targets_that_cannot_be_read_are_an_error_and_the_page_tells_the_rest()
    {
        Assert.StartsWith("TableNotFound,", Run("Export-FanOutReport -TableName nothing").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("The targets could not be read.", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Fact]
    public void No_secret_is_on_the_page()
    {
        _session.Put($$$"""{"sourceArn":{"S":"{{{CloudSession.Orders}}}"},"id":{"S":"cache"},"type":{"S":"redis"},"destination":{"S":"rediss://user:HIDDEN1@cache.example.org:6379"},"role":{"S":"arn:aws:iam::210987654321:role/writer"},"externalId":{"S":"HIDDEN2"},"active":{"BOOL":true}}""");
        _session.Put($$$"""{"sourceArn":{"S":"{{{CloudSession.Orders}}}"},"id":{"S":"wrong"},"type":{"S":"redis"},"destination":{"S":"redis:HIDDEN3@"},"active":{"BOOL":true}}""");
        _session.Lambda.Add("fanout", new RecordingFunction(), new() { Environment = new Dictionary<string, string> { ["PASSWORD"] = "HIDDEN4" } });

        Run("Export-FanOutReport -Title '<script>alert(1)</script>'").ThrowIfFailed();

        string page = System.IO.File.ReadAllText(File);
        Assert.Contains(">cache<", page, StringComparison.Ordinal);
        Assert.Contains(">wrong<", page, StringComparison.Ordinal);
        Assert.DoesNotContain("HIDDEN", page, StringComparison.Ordinal);
        Assert.DoesNotContain(CloudSession.Secret, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
    }

    private PowerShellResult Run(string script) => _session.Run($"Set-Location '{_folder.Path}'; {script}");
}
