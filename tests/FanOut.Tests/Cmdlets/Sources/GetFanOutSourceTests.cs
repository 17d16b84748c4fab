using System.Management.Automation;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.Cmdlets.Sources;

/// <summary>Get-FanOutSource and Get-FanOutFunction.</summary>
public sealed class GetFanOutSourceTests : IAsyncDisposable
{
    private const string Clicks = "arn:aws:kinesis:us-east-1:123456789012:stream/clicks";
    private const string Topic = "arn:aws:sns:us-east-1:123456789012:news";

    private static readonly LambdaFunctionConfiguration Answering = new()
    {
        Environment = new Dictionary<string, string> { ["FANOUT_BATCH_ITEM_FAILURES"] = "true", ["FANOUT_METRICS"] = "emf", ["PASSWORD"] = CloudSession.Secret },
        Timeout = TimeSpan.FromSeconds(30),
        Architecture = "arm64",
    };

    private static readonly LambdaFunctionConfiguration Made = new() { Description = "Sends the records of streams to the targets that its table names" };

    private readonly CloudSession _session = new();

    public GetFanOutSourceTests()
    {
        _session.Cloud.Kinesis.CreateStream("clicks");
        _session.Lambda.Add("fanout", new RecordingFunction(), Answering);
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Fact]
    public void The_chain_of_a_healthy_source_is_shown_in_a_handful_of_calls()
    {
        Connect(CloudSession.Orders);
        Connect(Clicks);
        _session.Register("a", "-Enabled");
        _session.Register("b");
        _session.Run($"Register-FanOutTarget sqs c arn:aws:sqs:us-east-1:123456789012:c -Enabled -SourceArn {Clicks} -WarningAction SilentlyContinue").ThrowIfFailed();
        _session.Forget();

        PowerShellResult result = _session.Run("Get-FanOutSource").ThrowIfFailed();

        Assert.Equal(["clicks Kinesis Enabled 1 of 1 OK 500 True fanout fanoutTargets us-east-1", "orders Kinesis Enabled 1 of 2 OK 500 True fanout fanoutTargets us-east-1"], result.Output.Select(
            static o => string.Join(' ', new[] { "Name", "SourceType", "State", "Targets", "Status", "BatchSize", "ReportBatchItemFailures", "FunctionName", "TableName", "Region" }.Select(p => o.Properties[p].Value))));
        Assert.Equal("dynamodb:Scan lambda:GetFunctionConfiguration lambda:GetPolicy lambda:ListEventSourceMappings monitoring:GetMetricData", string.Join(' ', _session.Calls.Distinct().Order(StringComparer.Ordinal)));
        Assert.Equal(5, _session.Calls.Count);
    }

    [Theory]
    [InlineData("-SourceArn " + CloudSession.Orders, "orders")]
    [InlineData("orders Kinesis", "orders")]
    [InlineData("-Source orders -SourceType Kinesis", "orders")]
    [InlineData("-SourceArn " + CloudSession.Orders + "/consumer/c:1", "orders")]
    [InlineData("-FunctionName arn:aws:lambda:us-east-1:123456789012:function:fanout", "clicks orders")]
    [InlineData("-FunctionName arn:aws:lambda:us-east-1:123456789012:function:fanout -Region eu-west-1", "clicks orders")]
    [InlineData("-SourceArn arn:aws:kinesis:us-east-1:123456789012:stream/absent", "absent")]
    public void What_is_asked_for_comes_out(string arguments, string names)
    {
        Connect(CloudSession.Orders);
        Connect(Clicks);

        PowerShellResult result = _session.Run($"Get-FanOutSource {arguments}").ThrowIfFailed();

        Assert.Equal(names, string.Join(' ', result.Output.Select(static o => o.Properties["Name"].Value)));
    }

    [Fact]
    public void Sources_that_only_have_targets_are_shown_too()
    {
        _session.Register("a", "-Enabled");
        _session.Run($"Register-FanOutTarget sqs b arn:aws:sqs:us-east-1:123456789012:b -Enabled -SourceArn {Topic} -WarningAction SilentlyContinue").ThrowIfFailed();

        PowerShellResult result = _session.Run("Get-FanOutSource | Sort-Object Name").ThrowIfFailed();

        Assert.Equal(["news SNS NotConnected Targets are registered, but the source is not connected.", "orders Kinesis NotConnected Targets are registered, but the source is not connected."],
            result.Output.Select(static o => string.Join(' ', new[] { "Name", "SourceType", "State", "Status" }.Select(p => o.Properties[p].Value))));
        Assert.Equal(
            [.. new[] { Topic, CloudSession.Orders }.Select(static s => $"Targets are registered, but the source is not connected. Connect-FanOutSource -SourceArn '{s}' -Region us-east-1")],
            result.Output.SelectMany(static o => (string[])o.Properties["Problems"].Value));
    }

    [Fact]
    public void Each_problem_comes_with_the_command_that_repairs_it()
    {
        _session.Lambda.CreateEventSourceMapping(CloudSession.Orders, "fanout", new EventSourceMappingOptions());
        _session.Run($"Suspend-FanOutSource -SourceArn {CloudSession.Orders} -Wait").ThrowIfFailed();
        _session.Register("a");
        Assert.Equal(3, Problems().Length);

        while (Problems() is [var first, ..])
        {
            string command = first[(first.LastIndexOf(". ", StringComparison.Ordinal) + 2)..];
            string wait = command.Contains('|', StringComparison.Ordinal) ? "" : "-Wait";
            _session.Run($"{command} {wait} -WarningAction SilentlyContinue").ThrowIfFailed();
        }

        Assert.Equal("OK", _session.Run("Get-FanOutSource").Property("Status"));

        string[] Problems() => (string[])_session.Run("Get-FanOutSource").Property("Problems")!;
    }

    [Theory]
    [InlineData(null, "The target archive did not take its records: AccessDenied: now denied. More in the log: Get-FanOutLog -Id 'archive' -Level error")]
    [InlineData(FaultKind.AccessDenied, "The function's log says why, and at which target: Get-FanOutLog -Level error")]
    [InlineData(FaultKind.CloseBeforeAnswer, "The function's log says why, and at which target: Get-FanOutLog -Level error")]
    public async Task Of_a_batch_that_failed_the_target_and_its_reason_are_told_or_the_command_that_tells_them(FaultKind? fault, string words)
    {
        await FailAsync();
        string Line(string id, string source, int count, string reason, string more = "") =>
            $$$"""{"level":"error","message":"batch","sources":[{"source":"{{{source}}}","records":1,"failed":1,"targets":[{"id":"{{{id}}}","destination":"q","delivered":0,"ms":1{{{more}}},"failures":[{"class":"PermanentTarget","code":"AccessDenied","count":{{{count}}},"reason":"{{{reason}}}"}]},{"id":"fine","destination":"q","delivered":1,"ms":1}]}]}""";
        foreach (string line in new[]
        {
            Line("archive", CloudSession.Orders, 1, "denied before"), Line("archive", CloudSession.Orders, 1, "now denied"), Line("theirs", Clicks, 1, "another source's"),
            Line("buried", CloudSession.Orders, 2, "in its dead letter", ",\"deadLettered\":2"),
        })
        {
            _session.Cloud.Logs.Write("arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/fanout", "stream", line);
        }

        if (fault is { } kind)
        {
            _session.Cloud.Faults.Add(new Fault { Kind = kind, Service = "logs" });
        }

        _session.Forget();

        string[] problems = (string[])_session.Run("Get-FanOutSource").Property("Problems")!;

        Assert.StartsWith($"The last batch failed: PROBLEM: Function call failed. {words}", problems[0], StringComparison.Ordinal);
        Assert.Equal(fault is null ? 1 : 0, _session.Cloud.Calls.Count(static c => c.Operation == "FilterLogEvents" && c.Status == 200));
    }

    [Fact]
    public async Task A_log_that_is_not_there_or_says_nothing_is_no_error()
    {
        await FailAsync(log: false);

        Assert.Contains("at which target: Get-FanOutLog", ((string[])_session.Run("Get-FanOutSource").Property("Problems")!)[0], StringComparison.Ordinal);
        _session.Cloud.Logs.CreateLogGroup("/aws/lambda/fanout");
        Assert.Contains("at which target: Get-FanOutLog", ((string[])_session.Run("Get-FanOutSource").Property("Problems")!)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_denied_table_is_told_and_the_rest_is_shown()
    {
        Connect(CloudSession.Orders);
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "dynamodb" });

        PowerShellResult result = _session.Run("Get-FanOutSource");

        Assert.Equal("AccessDenied,FanOut.Commands.GetFanOutSourceCommand", result.Error().FullyQualifiedErrorId);
        Assert.Equal(("Enabled", null, ""), (Assert.Single(result.Output).Properties["State"].Value, result.Output[0].Properties["AllTargets"].Value, result.Output[0].Properties["Targets"].Value));
        Assert.IsType<ActionPreferenceStopException>(_session.Run("Get-FanOutSource -ErrorAction Stop").Terminated);
        Assert.Empty(_session.Run("Get-FanOutSource -ErrorAction SilentlyContinue -ErrorVariable e; if (-not $e) { throw 'lost' }").AllErrors);
    }

    [Fact]
    public async Task How_far_the_function_is_behind_comes_from_CloudWatch()
    {
        Connect(CloudSession.Orders);
        _session.Cloud.Kinesis.Find("orders")!.Put("key", "1"u8.ToArray());
        await Assert.Single(_session.Lambda.EventSourceMappings).Value.WhenIdleAsync(TestContext.Current.CancellationToken);

        Assert.InRange(Assert.IsType<TimeSpan>(_session.Run("Get-FanOutSource").Property("IteratorAge")), TimeSpan.Zero, TimeSpan.FromMinutes(10));
    }

    [Theory]
    [InlineData(FaultKind.AccessDenied)]
    [InlineData(FaultKind.Malformed)]
    [InlineData(FaultKind.CloseBeforeAnswer)]
    public void Without_CloudWatch_there_is_no_iterator_age_and_no_error(FaultKind fault)
    {
        Connect(CloudSession.Orders);
        _session.Cloud.Faults.Add(new Fault { Kind = fault, Service = "monitoring" });

        Assert.Null(_session.Run("Get-FanOutSource").Property("IteratorAge"));
    }

    [Theory]
    [InlineData("Get-FanOutSource")]
    [InlineData("Get-FanOutFunction")]
    [InlineData("[pscustomobject]@{ FunctionName = 'absent'; FunctionArn = 'arn:aws:lambda:us-east-1:123456789012:function:absent' } | Get-FanOutFunction")]
    public void A_function_that_is_not_there_is_told(string script)
    {
        ErrorRecord error = _session.Run(script.StartsWith('[') ? script : $"{script} -FunctionName absent").Error();

        Assert.StartsWith("FunctionNotFound,FanOut.Commands.Get", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal((ErrorCategory.ObjectNotFound, "absent"), (error.CategoryInfo.Category, error.TargetObject));
    }

    [Fact]
    public void The_table_that_the_function_reads_is_read()
    {
        _session.Lambda.Add("fanout", new RecordingFunction(), Answering with { Environment = new Dictionary<string, string> { ["FANOUT_TABLE"] = "mappings" } });
        _session.Cloud.Dynamo.CreateTable("mappings", "sourceArn", "id");
        Connect(CloudSession.Orders);

        Assert.Equal("mappings", _session.Run("Get-FanOutSource").Property("TableName"));
        Assert.Equal("mappings", _session.Run("Get-FanOutFunction").Property("TableName"));
        Assert.Contains("The function reads its targets from the table mappings, not from fanoutTargets", $"{_session.Run("Get-FanOutSource -TableName fanoutTargets").Property("Status")}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_is_shown_with_its_settings_and_without_the_variables_of_others()
    {
        Connect(CloudSession.Orders);
        _session.Register("a", "-Enabled");
        _session.Forget();

        PSObject function = _session.Run("Get-FanOutFunction").Only();

        Assert.Equal("fanout Active Successful provided.al2023 arm64 128 00:00:30 1 of 1 1 of 1 OK us-east-1", string.Join(' ', new[]
        {
            "FunctionName", "State", "LastUpdateStatus", "Runtime", "Architecture", "MemorySize", "Timeout", "Sources", "Targets", "Status", "Region",
        }.Select(p => function.Properties[p].Value)));
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:fanout", function.Properties["FunctionArn"].Value);
        Assert.Equal("FANOUT_BATCH_ITEM_FAILURES=true FANOUT_METRICS=emf", $"{_session.Run("(Get-FanOutFunction).Settings.GetEnumerator().ForEach{ \"$($_.Key)=$($_.Value)\" } -join ' '").Only()}");
        Assert.Equal(DateTimeKind.Utc, Assert.IsType<DateTime>(function.Properties["LastModified"].Value).Kind);
        Assert.Empty(_session.Changes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-FunctionName fanout")]
    [InlineData("-FunctionName arn:aws:lambda:us-east-1:123456789012:function:fanout")]
    public void A_function_without_anything_says_what_is_missing(string arguments)
    {
        string[] problems = (string[])_session.Run($"Get-FanOutFunction {arguments}").Property("Problems")!;

        Assert.Equal(["No source is connected", "No target is registered in the table fanoutTargets"], problems.Select(static p => p.Split('.')[0]));
    }

    [Theory]
    [InlineData("", "fanout fanout-prod orders-prod original")]
    [InlineData("-FunctionName *", "fanout fanout-prod orders-prod original")]
    [InlineData("-FunctionName *-PROD", "fanout-prod orders-prod")]
    [InlineData("-FunctionName fanout*", "fanout fanout-prod")]
    [InlineData("-FunctionName absent*", "")]
    [InlineData("-Region eu-west-1", "")]
    public void All_fan_out_functions_are_listed_and_those_of_others_are_not(string arguments, string expected)
    {
        _session.Lambda.Add("fanout-prod", new RecordingFunction(), Answering);
        _session.Lambda.Add("original", new RecordingFunction(), new LambdaFunctionConfiguration { Runtime = "nodejs10.x", Handler = "fanout.handler" });
        _session.Lambda.Add("orders-prod", new RecordingFunction(), Made with { Tags = new Dictionary<string, string> { ["fanout:function"] = "orders-prod" } });
        _session.Lambda.Add("alike-prod", new RecordingFunction(), Made);
        _session.Lambda.Add("others-prod", new RecordingFunction());

        PowerShellResult result = _session.Run($"Get-FanOutFunction {arguments} -WarningAction Ignore -ErrorAction Ignore").ThrowIfFailed();

        Assert.Equal(expected, string.Join(' ', result.Output.Select(static o => o.Properties["FunctionName"].Value)));
        Assert.Empty(_session.Changes);
        // Of those that only the tags tell apart, and of each that is shown, for its version.
        int undecided = arguments.Contains("eu-", StringComparison.Ordinal) ? 0 : 2;
        Assert.Equal(undecided + result.Output.Count, _session.Calls.Count(static c => c == "lambda:ListTags"));
    }

    [Fact]
    public void Who_may_not_list_functions_still_gets_the_usual_one()
    {
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Operation = "ListFunctions" });

        Assert.Equal("fanout", _session.Run("Get-FanOutFunction").Property("FunctionName"));
        Assert.StartsWith("AccessDenied,", _session.Run("Get-FanOutFunction -FunctionName *prod").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fanuot", "The nearest is 'fanout'. ")]
    [InlineData("fanout:live", "The function 'fanout' is there, but it has no version or alias 'live'.")]
    [InlineData("something-else", "Publish-FanOutFunction makes one; ")]
    public void A_misspelt_function_is_told_with_the_nearest(string name, string advice)
    {
        _session.Lambda.Add("fanout", new RecordingFunction(), Answering with { Qualifiers = [] });

        ErrorRecord error = _session.Run($"Get-FanOutSource -FunctionName {name}").Error();

        Assert.StartsWith("FunctionNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith(advice, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_of_functions_bind()
    {
        _session.Lambda.Add("other", new RecordingFunction());
        _session.Cloud.Dynamo.CreateTable("otherTargets", "sourceArn", "id");

        PowerShellResult result = _session.Run("'fanout', 'other' | ForEach-Object { [pscustomobject]@{ FunctionName = $_; FunctionArn = \"arn:aws:lambda:us-east-1:123456789012:function:$_\" } } | Get-FanOutFunction").ThrowIfFailed();

        Assert.Equal(["fanout fanoutTargets", "other otherTargets"], result.Output.Select(static o => $"{o.Properties["FunctionName"].Value} {o.Properties["TableName"].Value}"));
    }

    [Fact]
    public void The_table_views_have_five_columns_and_the_list_views_the_rest()
    {
        Connect(CloudSession.Orders);
        _session.Register("a", "-Enabled");

        string[] sources = Lines("Get-FanOutSource | Out-String -Width 120");
        string[] functions = Lines("Get-FanOutFunction | Out-String -Width 120");
        string list = string.Concat(Lines("Get-FanOutSource | Format-List | Out-String -Width 120"));

        Assert.Equal(["Function: fanout", "Name SourceType State Targets Status", "---- ---------- ----- ------- ------", "orders Kinesis Enabled 1 of 1 OK"], sources);
        Assert.Equal(["Region: us-east-1", "FunctionName State Sources Targets Status", "------------ ----- ------- ------- ------", "fanout Active 1 of 1 1 of 1 OK"], functions);
        Assert.Contains("MaximumRecordAge : 06:00:00", list, StringComparison.Ordinal);
        Assert.DoesNotContain("Status", list, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_input_is_refused()
    {
        Assert.StartsWith("InvalidParameter", _session.Run("Get-FanOutSource -SourceArn orders").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("InvalidParameter", _session.Run("Get-FanOutFunction -FunctionName 'a b'").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(_session.Calls);
    }

    private async Task FailAsync(bool log = true)
    {
        _session.Lambda.Add("fanout", new RecordingFunction(static _ => new("r-1", "{}"u8.ToArray(), "Unhandled")), Answering);
        if (log)
        {
            _session.Cloud.Logs.CreateLogGroup("/aws/lambda/fanout");
        }

        _session.Run($"Connect-FanOutSource -SourceArn {CloudSession.Orders} -MaximumRetryAttempts 0 -Wait -WarningAction SilentlyContinue").ThrowIfFailed();
        _session.Register("archive", "-Enabled");
        _session.Cloud.Kinesis.Find("orders")!.Put("key", "1"u8.ToArray());
        await Assert.Single(_session.Lambda.EventSourceMappings).Value.WhenIdleAsync(TestContext.Current.CancellationToken);
    }

    private void Connect(string sourceArn) =>
        _session.Run($"Connect-FanOutSource -SourceArn {sourceArn} -Wait -WarningAction SilentlyContinue").ThrowIfFailed();

    private string[] Lines(string script) =>
    [
        .. $"{_session.Run(script).Only()}".Split('\n').Select(static l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim()).Where(static l => l.Length > 0),
    ];
}
