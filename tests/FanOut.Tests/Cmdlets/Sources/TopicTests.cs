using System.Management.Automation;
using System.Text;
using System.Text.Json;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Iam;
using FanOut.LocalCloud.Lambda;
using FanOut.LocalCloud.Policies;
using FanOut.LocalCloud.Sns;

namespace FanOut.Tests.Cmdlets.Sources;

/// <summary>SNS topics as sources: Connect-, Get-, Suspend-, Resume- and Disconnect-FanOutSource.</summary>
public sealed class TopicTests : IAsyncDisposable
{
    private const string News = "arn:aws:sns:us-east-1:123456789012:news";
    private const string Function = "arn:aws:lambda:us-east-1:123456789012:function:fanout";
    private const string Dropped = "arn:aws:sqs:us-east-1:123456789012:dropped";
    private const string Connect = $"Connect-FanOutSource -SourceArn {News} -OnFailureDestination {Dropped}";
    private const string Configure = "lambda:PutFunctionEventInvokeConfig";
    private const string Permit = "lambda:AddPermission";
    private const string Forbid = "lambda:RemovePermission";
    private const string Subscribe = "sns:Subscribe";
    private const string Unsubscribe = "sns:Unsubscribe";

    private readonly CloudSession _session = new();
    private readonly RecordingFunction _function = new();
    private readonly SnsTopic _topic;

    public TopicTests()
    {
        _session.Lambda.Add("fanout", _function);
        _session.Cloud.Sqs.CreateQueue("dropped");
        _topic = _session.Cloud.Sns.CreateTopic("news");
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [InlineData("-Source news -SourceType SNS")]
    [InlineData("-Source news")]
    [InlineData("-SourceArn " + News)]
    [InlineData("-Source " + News)]
    public void A_topic_is_subscribed_after_it_may_invoke_the_function(string source)
    {
        PSObject connected = _session.Run($"Connect-FanOutSource {source} -OnFailureDestination {Dropped}").Only();

        Assert.Equal(
            $"news SNS Enabled {News} {Function} {_topic.Subscriptions.Single().Arn} 2 06:00:00 {Dropped} fanout us-east-1",
            string.Join(' ', new[] { "Name", "SourceType", "State", "SourceArn", "FunctionArn", "SubscriptionArn", "MaximumRetryAttempts", "MaximumRecordAge", "OnFailureDestination", "FunctionName", "Region" }
                .Select(p => connected.Properties[p].Value)));
        Assert.Equal([Configure, Permit, Subscribe], _session.Changes);
        Assert.Equal(Function, _topic.Subscriptions.Single().Endpoint);
        JsonElement statement = Assert.Single(Statements());
        Assert.Equal(
            ("sns.amazonaws.com", $$$"""{"ArnLike":{"AWS:SourceArn":"{{{News}}}"}}"""),
            (statement.GetProperty("Principal").GetProperty("Service").GetString(), statement.GetProperty("Condition").GetRawText()));
    }

    [Fact]
    public void What_is_published_to_a_connected_topic_reaches_the_function()
    {
        Publish("before");
        Run(Connect);
        Publish("connected");
        Run("Suspend-FanOutSource -Source news");
        Publish("suspended");
        Run("Resume-FanOutSource -Source news");
        Publish("resumed");
        Run("Disconnect-FanOutSource -Source news -Confirm:$false");
        Publish("disconnected");

        Assert.Equal(
            ["connected", "resumed"],
            _function.Invocations.Select(static i => JsonDocument.Parse(i.Payload).RootElement.GetProperty("Records")[0].GetProperty("Sns").GetProperty("Message").GetString()));
    }

    [Fact]
    public void A_suspended_topic_is_remembered_with_what_others_have_set_of_its_subscription()
    {
        Run(Connect);
        _topic.Subscriptions.Single().Attributes["FilterPolicy"] = """{"kind":["order"]}""";
        _topic.Subscriptions.Single().Attributes["FilterPolicyScope"] = "MessageBody";
        _session.Forget();

        Assert.Equal("Disabled", _session.Run("Get-FanOutSource | Suspend-FanOutSource -PassThru").Property("State"));
        Assert.Empty(_topic.Subscriptions);
        Assert.Equal(["dynamodb:PutItem", Unsubscribe], _session.Changes);
        PSObject suspended = _session.Run("Get-FanOutSource").Only();
        Assert.Equal("Disabled", suspended.Properties["State"].Value);
        Assert.Contains($"Resume-FanOutSource -SourceArn '{News}'", ((string[])suspended.Properties["Problems"].Value)[0], StringComparison.Ordinal);
        Assert.Empty(_session.Run("Get-FanOutTarget").ThrowIfFailed().Output);

        Assert.Equal("Enabled", _session.Run("Get-FanOutSource | Resume-FanOutSource -PassThru").Property("State"));
        Assert.Equal(("""{"kind":["order"]}""", "MessageBody"), (_topic.Subscriptions.Single().Attributes["FilterPolicy"], _topic.Subscriptions.Single().Attributes["FilterPolicyScope"]));
        Assert.Empty(_session.Rows);
    }

    [Fact]
    public void A_disconnected_topic_leaves_nothing_behind()
    {
        Run(Connect);
        _topic.Subscriptions.Single().Attributes["FilterPolicy"] = "{}";
        Run("Suspend-FanOutSource -Source news; Disconnect-FanOutSource -Source news -Confirm:$false");

        Assert.Empty(_topic.Subscriptions);
        Assert.Empty(Statements());
        Assert.Empty(_session.Rows);
        Assert.Empty(_session.Run("Get-FanOutSource").ThrowIfFailed().Output);
        Assert.StartsWith("SourceNotConnected,", _session.Run("Suspend-FanOutSource -Source news").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Suspend-FanOutSource", Unsubscribe)]
    [InlineData("Disconnect-FanOutSource -Confirm:$false", Unsubscribe)]
    [InlineData("Resume-FanOutSource", "")]
    public void WhatIf_changes_nothing_and_shows_what_would_be(string cmdlet, string change)
    {
        Run(Connect);
        _session.Forget();

        PowerShellResult result = _session.Run($"{cmdlet} -Source news -WhatIf -PassThru").ThrowIfFailed();

        Assert.Empty(_session.Changes);
        Assert.Equal(change.Length == 0 ? "Enabled" : cmdlet.StartsWith('S') ? "Disabled" : "NotConnected", result.Property("State"));
    }

    [Fact]
    public void A_second_run_writes_nothing_and_says_so()
    {
        Run(Connect);
        _session.Forget();

        PowerShellResult again = _session.Run($"{Connect} -Verbose");

        Assert.Equal("Enabled", again.Property("State"));
        Assert.Contains(again.Verbose, static v => v.Contains("connected already, and Enabled: nothing is changed", StringComparison.Ordinal));
        Assert.Empty(_session.Changes);
    }

    [Theory]
    [InlineData("-OnFailureDestination arn:aws:sqs:us-east-1:123456789012:other", "OnFailureDestination, which all topics of the function share, is " + Dropped + ", not arn:aws:sqs:us-east-1:123456789012:other", Configure)]
    [InlineData("-MaximumRetryAttempts 0", "MaximumRetryAttempts is 2, not 0", Configure)]
    [InlineData("-MaximumRecordAge 60", "MaximumRecordAge is 6 hours, not 1 minute", Configure)]
    [InlineData("-Disabled", "it is Enabled, not Disabled", Unsubscribe)]
    public void Other_settings_are_an_error_that_names_them_and_Force_changes_them(string settings, string difference, string change)
    {
        _session.Cloud.Sqs.CreateQueue("other");
        Run(Connect);
        _session.Forget();

        ErrorRecord error = _session.Run($"Connect-FanOutSource -Source news {settings}").Error();
        Assert.StartsWith("SourceAlreadyConnected,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(difference, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Changes);

        Run($"Connect-FanOutSource -Source news {settings} -Force");
        Assert.Equal([change], _session.Changes);
    }

    [Fact]
    public void A_topic_that_lost_its_permission_is_told_and_gets_it_back()
    {
        Run(Connect);
        string id = Statements()[0].GetProperty("Sid").GetString()!;
        _session.Lambda.Find("fanout");
        _session.Run($"Disconnect-FanOutSource -Source news -Confirm:$false").ThrowIfFailed();
        _topic.Subscribe(Function);
        _session.Register("t", "-Enabled");
        _session.Run($"Register-FanOutTarget sqs q arn:aws:sqs:us-east-1:123456789012:q -SourceArn {News} -Enabled").ThrowIfFailed();

        PSObject source = _session.Run($"Get-FanOutSource -SourceArn {News}").Only();
        Assert.StartsWith("The topic may not invoke the function: its messages are lost. Connect-FanOutSource", ((string[])source.Properties["Problems"].Value)[0], StringComparison.Ordinal);

        Run(Connect);
        Assert.Equal(id, Statements()[0].GetProperty("Sid").GetString());
        Assert.Equal("OK", _session.Run($"Get-FanOutSource -SourceArn {News}").Property("Status"));
    }

    [Fact]
    public void Without_a_destination_a_warning_says_that_messages_may_be_lost()
    {
        string warning = Assert.Single(_session.Run("Connect-FanOutSource -Source news").ThrowIfFailed().Warnings);

        Assert.Equal("Lambda drops messages that cannot be delivered in 3 attempts or before they are 6 hours old, and nothing reports them: give -OnFailureDestination.", warning);
        Assert.Equal([Permit, Subscribe], _session.Changes);
    }

    [Theory]
    [InlineData("-BatchSize 10", "-BatchSize is for streams")]
    [InlineData("-BatchingWindow 1", "-BatchingWindow is for streams")]
    [InlineData("-ParallelizationFactor 2", "-ParallelizationFactor is for streams")]
    [InlineData("-StartingPosition TrimHorizon", "-StartingPosition is for streams")]
    [InlineData("-StartingPositionTimestamp 2026-11-01", "-StartingPositionTimestamp is for streams")]
    [InlineData("-MaximumRetryAttempts 3", "takes 0 to 2")]
    [InlineData("-MaximumRetryAttempts -1", "takes 0 to 2")]
    [InlineData("-MaximumRecordAge -1", "takes 60 to 21,600")]
    [InlineData("-MaximumRecordAge '06:00:01'", "takes 60 to 21,600")]
    public void What_a_topic_does_not_have_is_refused(string settings, string message)
    {
        ErrorRecord error = _session.Run($"Connect-FanOutSource -Source news {settings}").Error();

        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Changes);
    }

    [Fact]
    public void A_FIFO_topic_is_refused_with_the_reason()
    {
        _session.Cloud.Sns.CreateTopic("news.fifo");

        ErrorRecord error = _session.Run("Connect-FanOutSource -Source news.fifo").Error();

        Assert.Contains("is a FIFO topic: SNS delivers its messages to queues only", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Changes);
    }

    [Theory]
    [InlineData("eu-west-1", "us-east-1", "sns.amazonaws.com")]
    [InlineData("ap-east-1", "us-east-1", "sns.ap-east-1.amazonaws.com")]
    [InlineData("ap-east-1", "ap-east-1", "sns.amazonaws.com")]
    public void A_topic_of_another_region_is_subscribed_there_by_the_name_that_SNS_has_there(string topicRegion, string functionRegion, string principal)
    {
        string topic = _session.Cloud.Sns.CreateTopic("far", region: topicRegion).Arn;
        _session.Lambda.Add($"arn:aws:lambda:{functionRegion}:123456789012:function:there", new RecordingFunction());

        PSObject source = _session.Run($"Connect-FanOutSource -SourceArn {topic} -FunctionName there -Region {functionRegion} -WarningAction Ignore").Only();

        Assert.Equal("Enabled", source.Properties["State"].Value);
        Assert.Equal($"arn:aws:lambda:{functionRegion}:123456789012:function:there", _session.Cloud.Sns.Find(topic)!.Subscriptions.Single().Endpoint);
        Assert.Equal(principal, Statements("there", functionRegion)[0].GetProperty("Principal").GetProperty("Service").GetString());
    }

    [Fact]
    public void A_region_to_which_SNS_does_not_deliver_is_refused()
    {
        ErrorRecord error = _session.Run($"Connect-FanOutSource -SourceArn {News} -Region ap-east-1").Error();

        Assert.Contains("SNS does not deliver from other regions to one that had to be enabled first", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("-Region us-east-1", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_another_accounts_topic_the_error_says_what_that_account_has_to_do_and_no_permission_is_left()
    {
        const string Foreign = "arn:aws:sns:us-east-1:210987654321:news";
        _session.Cloud.Sns.CreateTopic("news", accountId: "210987654321");
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "sns", Operation = "Subscribe" });
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "sns", Operation = "ListSubscriptionsByTopic" });

        ErrorRecord error = _session.Run($"Connect-FanOutSource -SourceArn {Foreign} -WarningAction Ignore").Error();

        Assert.StartsWith("AccessDenied,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(
            $"aws sns add-permission --region us-east-1 --topic-arn {Foreign} --label fanout-123456789012 --aws-account-id 123456789012 --action-name Subscribe ListSubscriptionsByTopic",
            error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Statements());
    }

    [Fact]
    public void A_topic_of_another_account_that_hides_its_subscriptions_is_found_among_the_callers_own()
    {
        const string Foreign = "arn:aws:sns:us-east-1:210987654321:news";
        _session.Cloud.Sns.CreateTopic("news", accountId: "210987654321");
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "sns", Operation = "ListSubscriptionsByTopic" });
        Run($"Connect-FanOutSource -SourceArn {Foreign} -WarningAction Ignore");

        Assert.Equal("Enabled", _session.Run("Get-FanOutSource").Property("State"));
        Assert.Equal("Disabled", _session.Run($"Suspend-FanOutSource -SourceArn {Foreign} -PassThru").Property("State"));
    }

    [Fact]
    public void An_alias_is_subscribed_and_permitted_by_itself()
    {
        Run($"Connect-FanOutSource -Source news -FunctionName fanout:live -OnFailureDestination {Dropped}");

        Assert.Equal($"{Function}:live", _topic.Subscriptions.Single().Endpoint);
        Assert.Empty(Statements());
        Assert.Single(Statements("fanout:live"));
        Publish("m");
        Assert.Equal("live", Assert.Single(_function.Invocations).Qualifier);
        Assert.Equal("Enabled", _session.Run("Get-FanOutSource -FunctionName fanout:live").Property("State"));
    }

    [Fact]
    public void LATEST_is_the_function_itself()
    {
        Run($"Connect-FanOutSource -Source news -FunctionName 'fanout:$LATEST' -OnFailureDestination {Dropped}");

        Assert.Equal(Function, _topic.Subscriptions.Single().Endpoint);
        Assert.Single(Statements());
        Assert.Equal("Enabled", _session.Run("Get-FanOutSource").Property("State"));
    }

    [Fact]
    public void Whoever_may_not_see_the_functions_policy_still_sees_the_other_sources()
    {
        Run(Connect);
        _session.Run($"Register-FanOutTarget sqs q arn:aws:sqs:us-east-1:123456789012:q -SourceArn {News} -Enabled; Connect-FanOutSource -SourceArn {CloudSession.Orders} -WarningAction Ignore").ThrowIfFailed();
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "lambda", Operation = "GetPolicy" });

        PowerShellResult result = _session.Run("Get-FanOutSource -Verbose").ThrowIfFailed();

        Assert.Equal(["orders Enabled", "news Unknown"], result.Output.Select(static o => $"{o.Properties["Name"].Value} {o.Properties["State"].Value}"));
        Assert.Contains(result.Verbose, static v => v.Contains("You need lambda:GetPolicy", StringComparison.Ordinal));
    }

    [Fact]
    public void The_function_counts_its_topics()
    {
        Run(Connect);

        PSObject function = _session.Run("Get-FanOutFunction").Only();

        Assert.Equal("1 of 1", function.Properties["Sources"].Value);
        Assert.DoesNotContain("No source is connected", $"{function.Properties["Status"].Value}", StringComparison.Ordinal);
    }

    [Fact]
    public void What_other_topics_report_stays_when_another_is_connected()
    {
        _session.Cloud.Sns.CreateTopic("more");
        Run($"{Connect} -MaximumRetryAttempts 1");
        _session.Forget();

        PSObject more = _session.Run("Connect-FanOutSource -Source more").Only();

        Assert.Equal((1, Dropped), (more.Properties["MaximumRetryAttempts"].Value, more.Properties["OnFailureDestination"].Value));
        Assert.Equal([Permit, Subscribe], _session.Changes);
    }

    [Fact]
    public async Task What_succeeded_goes_on_being_told_where_others_have_set_that()
    {
        const string Config = "/2019-09-25/functions/fanout/event-invoke-config";
        using var aws = new LocalCloud.AwsHttp(_session.Cloud);
        await aws.SendAsync("lambda", HttpMethod.Put, Config, Encoding.UTF8.GetBytes($$$$$"""{"DestinationConfig":{"OnSuccess":{"Destination":"{{{{{Dropped}}}}}"}}}"""), "application/json");

        Run($"{Connect} -MaximumRetryAttempts 1");

        LocalCloud.Answer answer = await aws.SendAsync("lambda", HttpMethod.Get, Config, [], "application/json");
        Assert.Equal(1, answer.Json.GetProperty("MaximumRetryAttempts").GetInt32());
        Assert.Equal($$$"""{"OnSuccess":{"Destination":"{{{Dropped}}}"},"OnFailure":{"Destination":"{{{Dropped}}}"}}""", answer.Json.GetProperty("DestinationConfig").GetRawText());
    }

    [Fact]
    public async Task The_functions_role_may_tell_the_destination_before_it_is_set_and_as_long_as_it_is()
    {
        await using CloudSession session = new(enforcePolicies: true);
        using TemporaryFolder folder = new();
        session.Cloud.Sqs.CreateQueue("dropped");
        session.Cloud.Sns.CreateTopic("news");
        session.Run($"Publish-FanOutFunction -FunctionName own -PackagePath '{Package.Write(Path.Join(folder.Path, "own.zip"))}' -SkipTest").ThrowIfFailed();
        IamRole role = session.Cloud.Iam.Find("arn:aws:iam::123456789012:role/ownRole")!;
        Assert.Equal(AccessDecision.ImplicitDeny, role.Decide("sqs:SendMessage", Dropped));

        session.Run($"{Connect} -FunctionName own").ThrowIfFailed();
        session.Run($"Register-FanOutTarget sqs q arn:aws:sqs:us-east-1:123456789012:q -SourceArn {News} -FunctionName own; Unregister-FanOutTarget q -SourceArn {News} -FunctionName own -Confirm:$false").ThrowIfFailed();
        Assert.Equal(AccessDecision.Allowed, role.Decide("sqs:SendMessage", Dropped));
        Assert.Equal(AccessDecision.ImplicitDeny, role.Decide("sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:q"));
    }

    [Fact]
    public void Retries_alone_are_set_without_a_destination()
    {
        PSObject source = _session.Run("Connect-FanOutSource -Source news -MaximumRetryAttempts 0 -WarningAction Ignore").Only();

        Assert.Equal((0, null), (source.Properties["MaximumRetryAttempts"].Value, source.Properties["OnFailureDestination"].Value));
        Assert.Equal([Configure, Permit, Subscribe], _session.Changes);
    }

    private void Run(string script) => _session.Run(script).ThrowIfFailed();

    private void Publish(string message)
    {
        using var aws = new LocalCloud.AwsHttp(_session.Cloud);
        aws.QueryAsync("sns", [("Action", "Publish"), ("TopicArn", News), ("Message", message)]).GetAwaiter().GetResult();
    }

    private JsonElement[] Statements(string function = "fanout", string region = "us-east-1") => StatementsAsync(function, region).GetAwaiter().GetResult();

    private async Task<JsonElement[]> StatementsAsync(string function, string region)
    {
        using var aws = new LocalCloud.AwsHttp(_session.Cloud) { Region = region };
        LocalCloud.Answer answer = await aws.SendAsync("lambda", HttpMethod.Get, $"/2015-03-31/functions/{Uri.EscapeDataString(function)}/policy", Encoding.UTF8.GetBytes(""), "application/json");
        return answer.Status == 404 ? [] : [.. JsonDocument.Parse(answer.Json.GetProperty("Policy").GetString()!).RootElement.GetProperty("Statement").EnumerateArray()];
    }
}
