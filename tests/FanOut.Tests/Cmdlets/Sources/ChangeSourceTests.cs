using System.Management.Automation;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.Cmdlets.Sources;

/// <summary>Suspend-, Resume- and Disconnect-FanOutSource.</summary>
public sealed class ChangeSourceTests : IAsyncDisposable
{
    private const string Source = $"-SourceArn {CloudSession.Orders}";
    private const string Update = "lambda:UpdateEventSourceMapping";
    private const string Delete = "lambda:DeleteEventSourceMapping";

    private readonly CloudSession _session = new();

    public ChangeSourceTests() => _session.Lambda.Add("fanout", new RecordingFunction());

    public static TheoryData<string, string> Previews => new()
    {
        { "Suspend-FanOutSource", "Disabled" },
        { "Resume-FanOutSource", "Enabled" },
        { "Disconnect-FanOutSource", "NotConnected" },
    };

    public static TheoryData<string> Cmdlets => ["Suspend-FanOutSource", "Resume-FanOutSource", "Disconnect-FanOutSource -Confirm:$false"];

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("Suspend-FanOutSource " + Source, Update)]
    [InlineData("Suspend-FanOutSource -Source orders -SourceType Kinesis", Update)]
    [InlineData("Get-FanOutSource | Suspend-FanOutSource", Update)]
    [InlineData("Get-FanOutFunction | Get-FanOutSource | Suspend-FanOutSource", Update)]
    [InlineData("Suspend-FanOutSource -FunctionName arn:aws:lambda:us-east-1:123456789012:function:fanout " + Source, Update)]
    [InlineData("Disconnect-FanOutSource -Confirm:$false " + Source, Delete)]
    [InlineData("Get-FanOutSource | Disconnect-FanOutSource -Confirm:$false", Delete)]
    public void A_source_is_changed_by_parameter_and_by_pipeline(string script, string change)
    {
        Connect();

        PowerShellResult result = _session.Run($"{script} -Wait").ThrowIfFailed();

        Assert.Empty(result.Output);
        Assert.Equal([change], _session.Changes);
        Assert.Equal(change == Update ? [EventSourceMappingState.Disabled] : [], _session.Lambda.EventSourceMappings.Values.Select(static m => m.State));
    }

    [Fact]
    public void What_is_suspended_is_resumed()
    {
        Connect("-Disabled");

        PSObject source = _session.Run($"Get-FanOutSource | Where-Object State -eq Disabled | Resume-FanOutSource -Wait -PassThru").Only();

        Assert.Equal("Enabled", source.Properties["State"].Value);
        Assert.Equal("FanOut.FanOutSource", source.TypeNames[0]);
        Assert.Equal(EventSourceMappingState.Enabled, Assert.Single(_session.Lambda.EventSourceMappings).Value.State);
    }

    [Theory]
    [InlineData("-Disabled", "Suspend-FanOutSource", "Disabled")]
    [InlineData("", "Resume-FanOutSource", "Enabled")]
    public void What_is_so_already_is_no_error_and_no_change(string connect, string cmdlet, string state)
    {
        Connect(connect);

        PowerShellResult result = _session.Run($"{cmdlet} {Source} -Wait -PassThru -Verbose");

        Assert.Equal(state, result.Property("State"));
        Assert.Contains(result.Verbose, v => v.Contains($"is {state} already", StringComparison.Ordinal));
        Assert.Empty(_session.Changes);
    }

    [Fact]
    public void A_disconnected_source_can_be_connected_again()
    {
        Connect();

        _session.Run($"Disconnect-FanOutSource {Source} -Confirm:$false -Wait; Connect-FanOutSource {Source}").ThrowIfFailed();

        Assert.Single(_session.Lambda.EventSourceMappings);
    }

    [Fact]
    public void Objects_of_AWS_Tools_bind_with_their_alias()
    {
        Connect("-FunctionName fanout:live");
        string id = Assert.Single(_session.Lambda.EventSourceMappings).Key;

        _session.Run($$"""
            [pscustomobject]@{ UUID = '{{id}}'; EventSourceArn = '{{CloudSession.Orders}}'; FunctionArn = 'arn:aws:lambda:us-east-1:123456789012:function:fanout:live'; State = 'Enabled' } |
                Suspend-FanOutSource -Wait
            """).ThrowIfFailed();

        Assert.Equal(EventSourceMappingState.Disabled, _session.Lambda.EventSourceMappings[id].State);
    }

    [Theory]
    [InlineData("", "fanout fanout:live", "")]
    [InlineData("-FunctionName fanout:live", "fanout:live", "fanout")]
    [InlineData("-FunctionName 'fanout:$LATEST'", "fanout", "fanout:live")]
    public void Aliases_and_consumers_are_found_by_function_and_by_source(string arguments, string suspended, string enabled)
    {
        _session.Lambda.CreateEventSourceMapping(CloudSession.Orders, "fanout", new EventSourceMappingOptions());
        _session.Lambda.CreateEventSourceMapping($"{CloudSession.Orders}/consumer/live:1", "fanout:live", new EventSourceMappingOptions());
        _session.Lambda.Add("other", new RecordingFunction());
        _session.Lambda.CreateEventSourceMapping(CloudSession.Orders, "other", new EventSourceMappingOptions());

        _session.Run($"Suspend-FanOutSource {Source} {arguments} -Wait").ThrowIfFailed();

        Assert.Equal((suspended, $"{enabled} other".Trim()), (Functions(EventSourceMappingState.Disabled), Functions(EventSourceMappingState.Enabled)));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void What_is_not_connected_is_told(string cmdlet)
    {
        ErrorRecord error = _session.Run($"{cmdlet} {Source}").Error();

        Assert.StartsWith("SourceNotConnected,FanOut.Commands.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal((ErrorCategory.ObjectNotFound, CloudSession.Orders), (error.CategoryInfo.Category, error.TargetObject));
        Assert.Contains("to the function fanout in us-east-1 (looked up as access key", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Previews))]
    public void What_if_makes_no_changing_call_and_shows_what_would_come_of_it(string cmdlet, string state)
    {
        Connect(cmdlet.StartsWith("Resume", StringComparison.Ordinal) ? "-Disabled" : "");

        PowerShellResult result = _session.Run($"Get-FanOutSource | {cmdlet} -WhatIf -Wait -PassThru");

        Assert.Equal(state, result.Property("State"));
        Assert.Empty(_session.Changes);
    }

    [Theory]
    [InlineData("-SourceArn", "MissingArgument", "SourceArn")]
    [InlineData("-SourceArn orders", "InvalidParameter", "is not the ARN of a source")]
    [InlineData("-Source orders -SourceType Queue", "ParameterArgumentTransformationError", "DynamoDB")]
    [InlineData(Source + " -WaitTimeout soon", "ParameterArgumentTransformationError", "is not a duration")]
    [InlineData(Source + " -FunctionName a:b:c:d", "InvalidParameter", "FunctionName")]
    public void Wrong_input_is_refused(string arguments, string id, string words)
    {
        PowerShellResult result = _session.Run($"Suspend-FanOutSource {arguments}");

        Assert.StartsWith($"{id},FanOut.Commands.SuspendFanOutSourceCommand", result.Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(words, result.Error().Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Calls);
    }

    [Fact]
    public async Task A_wait_that_takes_too_long_names_the_state()
    {
        await using CloudSession slow = new(TimeSpan.FromHours(1));
        slow.Lambda.Add("fanout", new RecordingFunction(), new LambdaFunctionConfiguration { Environment = new Dictionary<string, string> { ["FANOUT_BATCH_ITEM_FAILURES"] = "true" } });

        ErrorRecord error = slow.Run($"Connect-FanOutSource {Source} -Wait -WaitTimeout 0").Error();

        Assert.Equal(("SourceNotReady,FanOut.Commands.ConnectFanOutSourceCommand", ErrorCategory.OperationTimeout), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
        Assert.Contains("is Creating after 0 s, not Enabled", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(CloudSession.Orders, error.TargetObject);
    }

    [Fact]
    public async Task A_mapping_that_is_changed_by_others_is_told_as_busy()
    {
        await using CloudSession slow = new(TimeSpan.FromHours(1));
        slow.Lambda.Add("fanout", new RecordingFunction());
        slow.Lambda.CreateEventSourceMapping(CloudSession.Orders, "fanout", new EventSourceMappingOptions());

        ErrorRecord error = slow.Run($"Suspend-FanOutSource {Source} -WaitTimeout 0").Error();

        Assert.Equal(("ResourceBusy,FanOut.Commands.SuspendFanOutSourceCommand", ErrorCategory.ResourceBusy), (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
    }

    [Fact]
    public async Task Ctrl_C_ends_the_wait_without_an_error()
    {
        await using CloudSession slow = new(TimeSpan.FromHours(1));
        slow.Lambda.Add("fanout", new RecordingFunction(), new LambdaFunctionConfiguration { Environment = new Dictionary<string, string> { ["FANOUT_BATCH_ITEM_FAILURES"] = "true" } });
        using PowerShell shell = slow.PowerShell.Begin($"Connect-FanOutSource {Source} -Wait -WarningAction SilentlyContinue");
        IAsyncResult running = shell.BeginInvoke();
        await slow.Cloud.Calls.WaitForAsync(static calls => calls.Any(static c => c.Operation == "GetEventSourceMapping"), TestContext.Current.CancellationToken);

        shell.Stop();

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(running));
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Empty(shell.Streams.Error);
        Assert.Contains(shell.Streams.Progress, static p => p.StatusDescription == "is Creating");
    }

    [Fact]
    public void There_is_a_progress_bar_only_while_it_waits()
    {
        using PowerShell shell = _session.PowerShell.Begin($"Connect-FanOutSource {Source} -WarningAction SilentlyContinue");
        shell.Invoke();
        Assert.Empty(shell.Streams.Progress);

        using PowerShell waiting = _session.PowerShell.Begin($"Suspend-FanOutSource {Source} -Wait");
        waiting.Invoke();

        Assert.Equal(ProgressRecordType.Completed, waiting.Streams.Progress[^1].RecordType);
        Assert.Contains("is Disabled", waiting.Streams.Progress.Select(static p => p.StatusDescription));
    }

    private void Connect(string arguments = "")
    {
        _session.Run($"Connect-FanOutSource {Source} {arguments} -Wait -WarningAction SilentlyContinue").ThrowIfFailed();
        _session.Forget();
    }

    private string Functions(EventSourceMappingState state) => string.Join(
        ' ', _session.Lambda.EventSourceMappings.Values.Where(m => m.State == state).Select(static m => m.FunctionArn.Split(":function:")[1]).Order(StringComparer.Ordinal));
}
