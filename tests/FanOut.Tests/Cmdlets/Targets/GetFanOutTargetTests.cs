using System.Management.Automation;
using System.Text.Json;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Http;

namespace FanOut.Tests.Cmdlets.Targets;

public sealed class GetFanOutTargetTests : IAsyncDisposable
{
    private const string Changes = "arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000";

    private readonly CloudSession _session = new();

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("", "a1 a2 b1")]
    [InlineData("-Id a1", "a1")]
    [InlineData("a*", "a1 a2")]
    [InlineData("a1,b*", "a1 b1")]
    [InlineData("-Type firehose", "b1")]
    [InlineData("-SourceArn arn:aws:kinesis:us-east-1:123456789012:stream/orders", "a1 a2")]
    [InlineData("-Source orders -SourceType Kinesis", "a1 a2")]
    [InlineData("-Source orders -SourceType Kinesis *2", "a2")]
    [InlineData("-FunctionName arn:aws:lambda:us-east-1:123456789012:function:fanout:live", "a1 a2 b1")]
    [InlineData("-TableName arn:aws:dynamodb:us-east-1:123456789012:table/fanoutTargets", "a1 a2 b1")]
    [InlineData("-FunctionName other -TableName fanoutTargets", "a1 a2 b1")]
    public void What_is_asked_for_comes_out(string arguments, string ids)
    {
        _session.Register("a1");
        _session.Register("a2");
        _session.Run($"Register-FanOutTarget firehose b1 arn:aws:firehose:us-east-1:123456789012:deliverystream/b -SourceArn {Changes}").ThrowIfFailed();

        PowerShellResult result = _session.Run($"Get-FanOutTarget {arguments}").ThrowIfFailed();

        Assert.Equal(ids, string.Join(' ', result.Output.Select(static o => o.Properties["Id"].Value).Order()));
    }

    [Fact]
    public void An_id_that_is_not_there_is_told_and_a_pattern_without_a_match_is_not()
    {
        _session.Register("a1");

        PowerShellResult result = _session.Run("Get-FanOutTarget absent, a1, z*");

        Assert.Single(result.Output);
        Assert.Equal("TargetNotFound,FanOut.Commands.GetFanOutTargetCommand", result.Error().FullyQualifiedErrorId);
        Assert.Equal((ErrorCategory.ObjectNotFound, "absent"), (result.Error().CategoryInfo.Category, result.Error().TargetObject));
    }

    [Theory]
    [InlineData("Register-FanOutTarget sqs $id arn:aws:sqs:us-east-1:1:q", "'i' * 1025", "-Id has 1025 bytes; up to 1024 are allowed.")]
    [InlineData("Register-FanOutTarget sqs $id arn:aws:sqs:us-east-1:1:q -WhatIf", "'é' * 600", "-Id has 1200 bytes; up to 1024 are allowed.")]
    [InlineData("Unregister-FanOutTarget $id -Confirm:$false", "'i' * 3000", "-Id has 3000 bytes; up to 1024 are allowed.")]
    public void An_id_that_DynamoDB_cannot_keep_is_refused_before_any_call(string script, string id, string problem)
    {
        ErrorRecord error = _session.Run($"$id = {id}; {script} -SourceArn {CloudSession.Orders}").Error();

        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(problem, error.Exception.Message);
        Assert.Empty(_session.Calls);
    }

    [Fact]
    public void A_table_that_is_not_there_is_told_with_where_and_as_whom()
    {
        PowerShellResult result = _session.Run("Get-FanOutTarget -FunctionName absent");

        Assert.Equal("TableNotFound,FanOut.Commands.GetFanOutTargetCommand", result.Error().FullyQualifiedErrorId);
        Assert.Contains("'absentTargets' in us-east-1 (looked up as access key AKIATESTSOFFANOUT000)", result.Error().Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("Publish-FanOutFunction makes it, with the function;", result.Error().ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_the_old_tool_wrote_come_out_as_they_were_meant()
    {
        using JsonDocument rows = JsonDocument.Parse(File.ReadAllText(Path.Join(Checkout.Root, "tests/FanOut.Tests/Mappings/Fixtures/original-cli-table-items.json")));
        foreach (JsonElement row in rows.RootElement.EnumerateArray())
        {
            _session.Put(row.GetRawText());
        }

        // Of a function of another name: one of the rows sends to a function named fanout.
        PowerShellResult result = _session.Run("Get-FanOutTarget -FunctionName dispatcher -TableName fanoutTargets | Sort-Object Id").ThrowIfFailed();

        Assert.Equal("e1 f1 i1 k1 l1 m1 n1 r1 s1 x1", string.Join(' ', result.Output.Select(static o => o.Properties["Id"].Value)));
        Assert.All(result.Output, static o => Assert.Null(o.Properties["Problem"].Value));
        Assert.Contains("itself", $"{_session.Run("Get-FanOutTarget l1").Property("Problem")}", StringComparison.Ordinal);
        PSObject s1 = result.Output[8], n1 = result.Output[6], x1 = result.Output[9];
        Assert.Equal((true, "concat", true), (s1.Properties["Enabled"].Value, s1.Properties["Collapse"].Value, s1.Properties["Parallel"].Value));
        Assert.Equal(false, n1.Properties["Parallel"].Value);
        Assert.Equal(("eu-west-1", "arn:aws:iam::210987654321:role/x", "ext-1"), (x1.Properties["DestinationRegion"].Value, x1.Properties["DestinationRoleArn"].Value, x1.Properties["ExternalId"].Value));
    }

    [Fact]
    public void A_row_that_is_no_mapping_is_shown_with_its_problem_and_the_functions_own_notes_are_not()
    {
        _session.Put($$$"""{"sourceArn":{"S":"{{{CloudSession.Orders}}}"},"id":{"S":"bad"},"type":{"S":"kafka"},"destination":{"S":"redis://u:p4ssw0rd@h"},"active":{"BOOL":true}}""");
        _session.Put($$$"""{"sourceArn":{"S":"#progress:{{{CloudSession.Orders}}}"},"id":{"S":"#shardId-000000000000#003,100"}}""");

        PowerShellResult result = _session.Run("Get-FanOutTarget");

        Assert.Equal(("bad", "Invalid"), (result.Property("Id"), result.Property("State")));
        Assert.Contains("type 'kafka' is not one of", $"{result.Property("Problem")}", StringComparison.Ordinal);
        Assert.DoesNotContain("p4ssw0rd", result.AllText + _session.Run("Get-FanOutTarget | Format-List * | Out-String").AllText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_is_shown_only_to_whom_asks_for_it()
    {
        _session.Run($"Register-FanOutTarget redis r1 'rediss://user:p4ssw0rd@cache.example:6379/1' -SourceArn {CloudSession.Orders}").ThrowIfFailed();

        Assert.Equal("rediss://***@cache.example:6379/1", _session.Run("Get-FanOutTarget").Property("Destination"));
        Assert.Equal("rediss://user:p4ssw0rd@cache.example:6379/1", _session.Run("Get-FanOutTarget -IncludeSecret").Property("Destination"));
    }

    [Fact]
    public void Targets_can_be_copied_to_another_function()
    {
        _session.Cloud.Dynamo.CreateTable("otherTargets", "sourceArn", "id");
        _session.Run($"Register-FanOutTarget redis r1 'rediss://user:p4ssw0rd@cache.example:6379/1' -SourceArn {CloudSession.Orders} -Enabled -AppendNewlines").ThrowIfFailed();

        PowerShellResult result = _session.Run("Get-FanOutTarget -IncludeSecret | Register-FanOutTarget -FunctionName other -TableName otherTargets");

        Assert.Equal(("other", "otherTargets", "r1"), (result.Property("FunctionName"), result.Property("TableName"), result.Property("Id")));
        Assert.Equal(
            _session.Rows.Select(static r => r.ToString()),
            _session.Cloud.Dynamo.Find("otherTargets")!.Items.Select(static i => i.ToJsonString()));
    }

    [Fact]
    public void More_than_a_megabyte_of_mappings_is_read_page_by_page_and_only_as_far_as_wanted()
    {
        string padding = new('x', 3000);
        for (int i = 0; i < 800; i++)
        {
            _session.Put($$$"""{"sourceArn":{"S":"{{{CloudSession.Orders}}}"},"id":{"S":"t{{{i:000}}}"},"type":{"S":"sqs"},"destination":{"S":"arn:aws:sqs:us-east-1:123456789012:q"},"active":{"BOOL":false},"note":{"S":"{{{padding}}}"}}""");
        }

        Assert.Equal(800, _session.Run("Get-FanOutTarget | Measure-Object").Property("Count"));
        Assert.Equal(800, _session.Run("Get-FanOutTarget -Source orders -SourceType Kinesis | Measure-Object").Property("Count"));
        _session.Forget();

        Assert.Equal(2, _session.Run("Get-FanOutTarget | Select-Object -First 2").ThrowIfFailed().Output.Count);
        Assert.Single(_session.Calls, "dynamodb:Scan");
    }

    [Fact]
    public void The_table_view_groups_by_source_and_shows_state_and_destination()
    {
        _session.Register("a1", "-Enabled");
        _session.Register("a2");

        string text = $"{_session.Run("Get-FanOutTarget | Sort-Object Id | Out-String -Width 120").Only()}";

        string[] lines = [.. text.Split('\n').Select(static l => l.TrimEnd()).Where(static l => l.Length > 0)];
        Assert.Equal("   Source: arn:aws:kinesis:us-east-1:123456789012:stream/orders", lines[0]);
        Assert.Matches("^Id +Type +State +Destination$", lines[1]);
        Assert.Matches("^a1 +sqs +Enabled +a1$", lines[3]);
        Assert.Matches("^a2 +sqs +Disabled +a2$", lines[4]);
    }

    [Fact]
    public async Task Ctrl_C_ends_a_call_that_hangs_without_an_error()
    {
        var called = new TaskCompletionSource();
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.Hang, Service = "dynamodb", Where = _ => called.TrySetResult() || true });
        using PowerShell shell = _session.PowerShell.Begin("Get-FanOutTarget");
        IAsyncResult running = shell.BeginInvoke();
        await called.Task.WaitAsync(TestContext.Current.CancellationToken);

        await shell.StopAsync(null, null);

        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Empty(shell.Streams.Error);
        Assert.True(running.IsCompleted);
    }

    [Theory]
    [InlineData("AccessDeniedException", 400, "AccessDenied", ErrorCategory.PermissionDenied)]
    [InlineData("ThrottlingException", 400, "Throttled", ErrorCategory.LimitsExceeded)]
    [InlineData("UnrecognizedClientException", 400, "CredentialsMissing", ErrorCategory.AuthenticationError)]
    [InlineData("InternalServerError", 500, "ServiceFailure", ErrorCategory.ConnectionError)]
    public void What_AWS_refuses_comes_with_its_code_request_id_and_category(string code, int status, string id, ErrorCategory category)
    {
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.Throttle, Service = "dynamodb", Code = code, Status = status, Message = "No." });

        ErrorRecord error = _session.Run("Get-FanOutTarget").Error();

        Assert.Equal(($"{id},FanOut.Commands.GetFanOutTargetCommand", category), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
        PSObject exception = new(error.Exception);
        Assert.Equal(code, exception.Properties["AwsErrorCode"].Value);
        Assert.Contains($"{exception.Properties["RequestId"].Value}", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("as access key AKIATESTSOFFANOUT000", error.Exception.Message, StringComparison.Ordinal);
    }

    // A list of targets that is empty by mistake is worse than an error: a script might register what is there.
    [Theory]
    [InlineData("""{"Items":[null],"Count":1}""")]
    [InlineData("""{"Count":0}""")]
    [InlineData("{}")]
    public async Task An_answer_that_does_not_say_which_rows_there_are_is_no_empty_table(string answer)
    {
        await using HttpServer somebody = HttpServer.Start((_, _) => Task.FromResult(HttpResponse.Text(200, "application/x-amz-json-1.0", answer)));

        PowerShellResult result = _session.Run($"Get-FanOutTarget -EndpointUrl {somebody.Endpoint}");

        Assert.StartsWith("The answer to the reading of table fanoutTargets does not say which rows there are", result.Error().Exception.Message, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void An_endpoint_that_nobody_listens_at_is_a_connection_error()
    {
        PowerShellResult result = _session.Run("Get-FanOutTarget -EndpointUrl http://127.0.0.1:1");

        Assert.Equal(("EndpointUnreachable,FanOut.Commands.GetFanOutTargetCommand", ErrorCategory.ConnectionError), (result.Error().FullyQualifiedErrorId, result.Error().CategoryInfo.Category));
    }
}
