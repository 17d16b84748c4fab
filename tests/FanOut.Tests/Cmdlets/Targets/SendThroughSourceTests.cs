using System.Management.Automation;
using FanOut.LocalCloud.Faults;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>Test-FanOutTarget -Send -Through Source: one marked record into the source, and what the function tells of it.</summary>
public sealed class SendThroughSourceTests : IAsyncDisposable
{
    private readonly CloudSession _session = new();
    private readonly LoggingEngine _engine;

    public SendThroughSourceTests()
    {
        _engine = new LoggingEngine(_session.Cloud);
        _session.Lambda.Add("fanout", _engine);
        _session.Cloud.Sqs.CreateQueue("archive");
        _session.Cloud.Sqs.CreateQueue("letters");
    }

    private int Records => _session.Cloud.Kinesis.Find("orders")!.Shards.Sum(static s => s.Records.Count);

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public void One_record_goes_into_the_source_and_what_became_of_it_is_told_of_every_target()
    {
        Connect();
        _session.Register("archive", "-Enabled -Collapse none");
        _session.Register("narrow", "-Enabled -Filter '{\"data\":{\"total\":[12]}}'");
        _session.Register("gone", "-Enabled -DeadLetter arn:aws:sqs:us-east-1:123456789012:letters -OnFailure deadletter");
        _session.Register("lost", "-Enabled");
        _session.Register("off", "");

        Dictionary<string, PSObject> sent = Send("");

        Assert.Equal(1, Records);
        string mark = Text(sent["archive"]).Split(' ').First(static w => w.StartsWith("fanout-test-", StringComparison.Ordinal)).TrimEnd(',');
        Assert.All(_session.Cloud.Sqs.Find("archive")!.Messages, m => Assert.Contains(mark, m.Body, StringComparison.Ordinal));
        Assert.Equal("archive Pass, gone Fail, lost Fail, narrow Warn, off Skipped", string.Join(", ", sent.OrderBy(static s => s.Key).Select(static s => $"{s.Key} {s.Value.Properties["Status"].Value}")));
        Assert.Contains("Delivered to archive; in the dead letter of gone; failed at lost; left out by the filter of narrow. A letter of it stays there, and Resume-FanOutDeadLetter would send it.", Text(sent["archive"]), StringComparison.Ordinal);
        Assert.Contains("The invocation request-1 told it", Text(sent["archive"]), StringComparison.Ordinal);
        Assert.Contains("(PermanentTarget, ", Text(sent["gone"]), StringComparison.Ordinal);
        Assert.Contains("Get-FanOutDeadLetter 'arn:aws:sqs", Remedy(sent["gone"]), StringComparison.Ordinal);
        Assert.Contains("It comes again from the source.", Text(sent["lost"]), StringComparison.Ordinal);
        Assert.Contains("-Record", Remedy(sent["narrow"]), StringComparison.Ordinal);
        Assert.Contains("disabled", Text(sent["off"]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_record_is_the_user_s_where_one_is_given()
    {
        Connect();
        _session.Register("archive", "-Enabled -Collapse none -Filter '{\"data\":{\"total\":[12]}}'");

        PSObject sent = Send("-Record @{ total = 12 }")["archive"];

        Assert.True($"{sent.Properties["Status"].Value}" == "Pass", Text(sent));
        Assert.Equal("""{"total":12}""", Assert.Single(_session.Cloud.Sqs.Find("archive")!.Messages).Body);
    }

    [Theory]
    [InlineData("archive")]
    [InlineData("letters")]
    public void Where_a_target_takes_changes_the_record_is_one_and_the_others_are_said_to_get_it_so(string id)
    {
        Connect();
        _session.Register("archive", "-Enabled -Collapse none");
        _session.Register("letters", "-Enabled -Collapse none -RecordFormat dynamodb-changes");

        PSObject sent = Assert.Single(
            _session.Run($"Test-FanOutTarget {id} -Source orders -SourceType Kinesis -Send -Through Source -Record @{{ state = 'alias' }}").ThrowIfFailed().Output, static c => $"{c.Properties["Check"].Value}" == "Send");

        Assert.True($"{sent.Properties["Status"].Value}" == "Pass", Text(sent));
        Assert.All(_session.Cloud.Sqs.Find("archive")!.Messages, static m => Assert.Contains("\"eventName\":\"INSERT\"", m.Body, StringComparison.Ordinal));
        Assert.Contains("It was put there as a change of an item, as letters takes it; archive got that change as it is.", Text(sent), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_says_which_targets_would_get_it_and_sends_nothing_either_way()
    {
        Connect();
        _session.Register("archive", "-Enabled");
        _session.Register("copy", "-Enabled");

        Assert.Contains("It would have gone to archive, copy.", Text(Send("-WhatIf")["archive"]), StringComparison.Ordinal);
        Assert.Equal(0, Records);
        Assert.Contains("Nothing was sent.", Text(Assert.Single(_session.Run("Test-FanOutTarget archive -Send -WhatIf").ThrowIfFailed().Output, static c => $"{c.Properties["Check"].Value}" == "Send")), StringComparison.Ordinal);
        Assert.Empty(_session.Cloud.Sqs.Find("archive")!.Messages);
    }

    [Theory]
    [InlineData("", "The source is NotConnected", "Connect-FanOutSource")]
    [InlineData("Connect-FanOutSource -Source orders -SourceType Kinesis -Suspended -Wait -WarningAction Ignore", "The source is Disabled", "Resume-FanOutSource")]
    [InlineData("Connect-FanOutSource -Source orders -SourceType Kinesis -Wait -WarningAction Ignore; Disable-FanOutTarget archive -Source orders -SourceType Kinesis", "no enabled target", "Enable-FanOutTarget")]
    [InlineData("", "There is no function absent", "Publish-FanOutFunction -FunctionName 'absent'", "-FunctionName absent -TableName fanoutTargets")]
    public void Nothing_is_put_into_a_source_from_which_it_would_not_come(string script, string words, string remedy, string more = "")
    {
        _session.Register("archive", "-Enabled");
        _session.Run(script).ThrowIfFailed();

        PSObject sent = Send(more)["archive"];

        Assert.Equal("Skipped", $"{sent.Properties["Status"].Value}");
        Assert.Contains(words, Text(sent), StringComparison.Ordinal);
        Assert.Contains(remedy, Remedy(sent), StringComparison.Ordinal);
        Assert.Equal(0, Records);
    }

    [Fact]
    public void A_table_gets_no_item_and_it_is_said_what_is_possible()
    {
        string stream = _session.Cloud.Dynamo.CreateTable("customers", "id", streamView: "NEW_AND_OLD_IMAGES").EventStream!.Arn;
        _session.Run($"Register-FanOutTarget sqs archive archive -SourceArn {stream} -Enabled -WarningAction Ignore").ThrowIfFailed();

        PSObject sent = Assert.Single(_session.Run("Test-FanOutTarget -Send -Through Source").ThrowIfFailed().Output, static c => $"{c.Properties["Check"].Value}" == "Send");

        Assert.Contains("change of one of its items", Text(sent), StringComparison.Ordinal);
        Assert.Contains($"Get-FanOutLog -Wait -SourceArn '{stream}'", Remedy(sent), StringComparison.Ordinal);
        Assert.Empty(_session.Cloud.Dynamo.Find("customers")!.Items);
    }

    [Fact]
    public void A_topic_is_published_to_and_the_message_is_known_by_an_attribute()
    {
        _session.Cloud.Sns.CreateTopic("news");
        _session.Run("""
            Connect-FanOutSource -Source news -WarningAction Ignore
            Register-FanOutTarget sqs archive archive -Source news -Collapse none -Enabled
            """).ThrowIfFailed();

        PSObject sent = Assert.Single(_session.Run("Test-FanOutTarget archive -Source news -Send -Through Source -Record hello").ThrowIfFailed().Output, static c => $"{c.Properties["Check"].Value}" == "Send");

        Assert.Equal("Pass", $"{sent.Properties["Status"].Value}");
        Assert.Equal("hello", Assert.Single(_session.Cloud.Sqs.Find("archive")!.Messages).Body);
    }

    [Fact]
    public void Whoever_may_not_put_it_or_may_not_read_the_log_is_told_the_permission()
    {
        Connect();
        _session.Register("archive", "-Enabled");
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "logs", Operation = "FilterLogEvents" });
        PSObject unread = Send("")["archive"];
        Assert.Equal("Skipped", $"{unread.Properties["Status"].Value}");
        Assert.Contains("logs:FilterLogEvents", Remedy(unread), StringComparison.Ordinal);
        Assert.Equal(1, Records);

        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Service = "kinesis", Operation = "PutRecords" });
        PSObject refused = Send("")["archive"];
        Assert.Equal("Fail", $"{refused.Properties["Status"].Value}");
        Assert.Contains("kinesis:PutRecords", Remedy(refused), StringComparison.Ordinal);
        Assert.Equal(1, Records);
    }

    [Theory]
    [InlineData("Test-FanOutTarget archive -Through Source", "-Through goes with -Send")]
    [InlineData("Get-FanOutTarget archive | Test-FanOutTarget -Send -Record 1, 2", "-Send sends one record")]
    [InlineData("Get-FanOutTarget archive | Test-FanOutTarget -Send -PassThru", "-Send sends one record")]
    public void What_does_not_go_together_is_an_error_also_of_what_is_piped(string script, string words)
    {
        _session.Register("archive", "-Enabled");

        Assert.Contains(words, _session.Run(script).Error().Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Cloud.Sqs.Find("archive")!.Messages);
    }

    private void Connect() => _session.Run("Connect-FanOutSource -Source orders -SourceType Kinesis -StartingPosition TrimHorizon -BatchingWindow 0 -Wait -WarningAction Ignore").ThrowIfFailed();

    private Dictionary<string, PSObject> Send(string more) => _session.Run($"Test-FanOutTarget -Source orders -SourceType Kinesis -Send -Through Source {more}").ThrowIfFailed().Output
        .Where(static c => $"{c.Properties["Check"].Value}" == "Send").ToDictionary(static c => $"{c.Properties["Id"].Value}");

    private static string Text(PSObject check) => $"{check.Properties["Detail"].Value}";

    private static string Remedy(PSObject check) => $"{check.Properties["Remedy"].Value}";
}
