using System.Management.Automation;
using System.Text;
using System.Text.Json;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.Cmdlets.DeadLetters;

/// <summary>Get-FanOutDeadLetter: what the function, Lambda and SNS leave behind becomes objects, and nothing is taken.</summary>
public sealed class GetFanOutDeadLetterTests : IAsyncDisposable
{
    private const string Queue = "arn:aws:sqs:us-east-1:123456789012:failed", Bucket = "s3://letters/of/mine", Topic = "arn:aws:sns:us-east-1:123456789012:failed";

    private readonly CloudSession _session = new();
    private readonly InvokedEngine _engine;

    public GetFanOutDeadLetterTests()
    {
        _engine = new InvokedEngine(_session.Cloud);
        _session.Cloud.Sqs.CreateQueue("failed");
        _session.Cloud.Sqs.CreateQueue("archive");
        _session.Cloud.S3.CreateBucket("letters");
        _session.Cloud.Sns.CreateTopic("failed");
    }

    public static TheoryData<string, string> Places => new() { { Queue, "failed" }, { Queue, Queue }, { Bucket, Bucket }, { Bucket, "arn:aws:s3:::letters" } };

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _session.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Envelopes_are_objects_with_all_that_they_say_and_nothing_is_taken(string deadLetter, string given)
    {
        await PoisonAsync(deadLetter);

        for (int time = 0; time < 2; time++)
        {
            IList<PSObject> letters = _session.Run($"Get-FanOutDeadLetter {given} | Sort-Object SequenceNumber").ThrowIfFailed().Output;

            Assert.Equal(2, letters.Count);
            PSObject letter = letters[0];
            Assert.Equal(("Record", "archive", CloudSession.Orders, "sqs", "Oversize", "1"), (
                Text(letter, "LetterType"), Text(letter, "Id"), Text(letter, "SourceArn"), Text(letter, "Type"), Text(letter, "Class"), Text(letter, "Records")));
            Assert.Equal(("shardId-000000000000", "2", "customer-2", "fanout", "0"), (
                Text(letter, "ShardId"), Text(letter, "SequenceNumber"), Text(letter, "Key"), Text(letter, "FunctionName"), Text(letter, "Attempts")));
            Assert.Contains("the target takes 40", Text(letter, "Reason"), StringComparison.Ordinal);
            string data = Json(2, 30);
            Assert.Equal((data, data, 2L), (
                Text(letter, "Text"), Encoding.UTF8.GetString((byte[])letter.Properties["Data"].Value), ((PSObject)letter.Properties["Json"].Value).Properties["id"].Value));
            Assert.Null(letter.Properties["ReceiptHandle"].Value);
        }
    }

    [Theory]
    [InlineData("Get-FanOutDeadLetter -Summary")]
    [InlineData("Resume-FanOutDeadLetter -WhatIf")]
    public void What_has_no_place_for_letters_is_named_once(string command)
    {
        PowerShellResult result = _session.Run($$"""
            [pscustomobject]@{ Id = 'e1'; DeadLetter = $null }, [pscustomobject]@{ Id = 'e2'; DeadLetter = '' }, [pscustomobject]@{ SourceArn = '{{CloudSession.Orders}}'; OnFailureDestination = $null } | {{command}}
            """).ThrowIfFailed();

        Assert.Empty(result.Output);
        Assert.Equal(
            ["Without a dead letter: e1, e2. What such a target does not take comes again from its source.", $"Without an on-failure destination: {CloudSession.Orders}. What Lambda gives up of such a source is reported nowhere."],
            result.Warnings);
    }

    [Fact]
    public async Task A_queue_is_told_at_once_that_its_letters_are_free_again_and_keeps_them_hidden_only_where_that_is_wanted()
    {
        await PoisonAsync(Queue);
        _session.Forget();

        _session.Run("Get-FanOutDeadLetter failed").ThrowIfFailed();
        Assert.DoesNotContain("sqs:DeleteMessageBatch", _session.Calls);
        Assert.Equal(1, _session.Calls.Count(static c => c == "sqs:ChangeMessageVisibilityBatch"));

        PSObject[] hidden = [.. _session.Run("Get-FanOutDeadLetter failed -VisibilityTimeout 00:05:00").ThrowIfFailed().Output];
        Assert.Equal(2, hidden.Length);
        Assert.All(hidden, static h => Assert.Equal("2", Text(h, "ReceiveCount")));
        Assert.All(hidden, static h => Assert.NotEmpty(Text(h, "ReceiptHandle")));
        Assert.Empty(_session.Run("Get-FanOutDeadLetter failed").ThrowIfFailed().Output);
        Assert.Equal(2, _session.Cloud.Sqs.Find("failed")!.Messages.Count);
    }

    [Fact]
    public async Task Letters_are_given_back_also_where_the_pipeline_wants_no_more()
    {
        await PoisonAsync(Queue);

        Assert.Single(_session.Run("Get-FanOutDeadLetter failed | Select-Object -First 1").ThrowIfFailed().Output);
        Assert.Equal(2, _session.Run("Get-FanOutDeadLetter failed -VisibilityTimeout 60 -Peek").ThrowIfFailed().Output.Count);
        Assert.Equal(2, _session.Run("Get-FanOutDeadLetter failed").ThrowIfFailed().Output.Count);
    }

    [Theory]
    [InlineData("-Id archive", "2 4")]
    [InlineData("-Id a*", "2 4")]
    [InlineData("-Id other", "")]
    [InlineData("-Class over*", "2 4")]
    [InlineData("-Class Refused, Undecodable", "")]
    [InlineData("-SourceArn " + CloudSession.Orders, "2 4")]
    [InlineData("-SourceArn arn:aws:kinesis:us-east-1:123456789012:stream/other", "")]
    [InlineData("""-Pattern '{"data":{"id":[{"numeric":[">",3]}]}}'""", "4")]
    [InlineData("-Pattern @{ partitionKey = @('customer-2') }", "2")]
    [InlineData("""-Pattern '{"eventName":["INSERT"]}'""", "")]
    [InlineData("-StartTime ([datetime]::Now.AddHours(-1))", "2 4")]
    [InlineData("-StartTime ([datetime]::UtcNow.AddHours(1))", "")]
    [InlineData("-EndTime ([datetime]::UtcNow.AddHours(1))", "2 4")]
    [InlineData("-EndTime ([datetime]::Now.AddHours(-1))", "")]
    public async Task Only_what_is_asked_for_comes_out(string filter, string expected)
    {
        await PoisonAsync(Bucket);

        Assert.Equal(expected, string.Join(' ', _session.Run($"Get-FanOutDeadLetter {Bucket} {filter}").ThrowIfFailed().Output.Select(static l => Text(l, "SequenceNumber")).Order()));
    }

    [Theory]
    [InlineData("-Pattern '{\"data\":'", "InvalidParameter", "filtering.md")]
    [InlineData("-StartTime 2026-11-25 -EndTime 2026-11-24", "InvalidParameter", "before -StartTime")]
    [InlineData("-VisibilityTimeout 13:00:00", "InvalidParameter", "12 hours")]
    [InlineData("-Summary -Path x.ndjson", "InvalidParameter", "contradict")]
    public void What_contradicts_itself_is_refused_before_anything_is_called(string parameters, string id, string words)
    {
        ErrorRecord error = _session.Run($"Get-FanOutDeadLetter failed {parameters}").Error();

        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains(words, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Calls);
    }

    [Theory]
    [InlineData("absent", "DestinationNotFound", "There is no SQS queue 'absent'")]
    [InlineData("s3://absent/x", "DestinationNotFound", "There is no S3 bucket 'absent'")]
    [InlineData("arn:aws:kinesis:us-east-1:123456789012:stream/orders", "InvalidDestination", "a dead letter is a queue's URL or ARN")]
    [InlineData("''", "InvalidParameter", "-DeadLetter is missing")]
    public void What_is_not_there_is_named(string place, string id, string words)
    {
        ErrorRecord error = _session.Run($"Get-FanOutDeadLetter {place}").Error();

        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains(words, error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_arrived_at_a_topics_queue_is_read_whether_delivery_is_raw_or_not(bool raw)
    {
        _session.Cloud.Sns.Find("failed")!.Subscribe(_session.Cloud.Sqs.Find("failed")!, raw);
        await PoisonAsync(Topic);

        Assert.Equal(["2", "4"], _session.Run("Get-FanOutDeadLetter failed").ThrowIfFailed().Output.Select(static l => Text(l, "SequenceNumber")).Order());
        Assert.Contains($"Give the queue that is subscribed to it: {Queue}", _session.Run($"Get-FanOutDeadLetter {Topic}").Error().Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Targets_and_sources_tell_in_a_pipeline_where_their_letters_lie_and_whose_they_are()
    {
        await PoisonAsync(Queue);
        _session.Register("healthy");

        Assert.Equal(2, _session.Run("Get-FanOutTarget | Get-FanOutDeadLetter").ThrowIfFailed().Output.Count);
        Assert.Equal(2, _session.Run("[pscustomobject]@{ OnFailureDestination = 'failed' } | Get-FanOutDeadLetter").ThrowIfFailed().Output.Count);
        Assert.Empty(_session.Run("Get-FanOutTarget healthy | Get-FanOutDeadLetter").ThrowIfFailed().Output);
    }

    [Fact]
    public void What_Lambda_gave_up_is_read_with_its_metadata_alone_or_with_the_whole_event()
    {
        var batch = new DiscardedBatch
        {
            RequestId = "r", FunctionArn = "arn:aws:lambda:us-east-1:123456789012:function:fanout:live", Condition = DiscardedBatch.RetryAttemptsExhausted, ApproximateInvokeCount = 3,
            FunctionError = "Unhandled", Timestamp = new DateTimeOffset(2026, 11, 25, 16, 0, 0, TimeSpan.Zero), StreamArn = CloudSession.Orders, ShardId = "shardId-000000000006",
            StartSequenceNumber = "100", EndSequenceNumber = "200", ApproximateArrivalOfFirstRecord = DateTimeOffset.UnixEpoch, ApproximateArrivalOfLastRecord = DateTimeOffset.UnixEpoch, BatchSize = 2,
        };
        string metadata = Encoding.UTF8.GetString(batch.ToJson());
        string records = Encoding.UTF8.GetString(LambdaEvent.Of(LambdaEvent.Kinesis("a"u8, arn: CloudSession.Orders), LambdaEvent.Kinesis("b"u8, arn: CloudSession.Orders)));
        string whole = $"{metadata[..^1]},\"payload\":\"{JsonEncodedText.Encode(records)}\"}}", asObject = $"{metadata[..^1]},\"payload\":{records}}}";
        Put("aws/lambda/8f0f0a5e/shardId-000000000006/2026/11/25/2026-11-25T16.00.00-1", whole.Replace(",\"payload\"", ",\n  \"payload\"", StringComparison.Ordinal));
        Put("aws/lambda/8f0f0a5e/shardId-000000000006/2026/11/25/2026-11-25T16.00.00-2", asObject);
        _session.Cloud.Sqs.Send("failed", metadata);

        PSObject told = _session.Run("Get-FanOutDeadLetter failed").Only();
        Assert.Equal(("Batch", "", CloudSession.Orders, "RetryAttemptsExhausted", "Unhandled", "3", "2"), (
            Text(told, "LetterType"), Text(told, "Id"), Text(told, "SourceArn"), Text(told, "Class"), Text(told, "Code"), Text(told, "Attempts"), Text(told, "Records")));
        Assert.Equal(("shardId-000000000006", "100", "200", "fanout", ""), (
            Text(told, "ShardId"), Text(told, "SequenceNumber"), Text(told, "LastSequenceNumber"), Text(told, "FunctionName"), Text(told, "Problem")));
        Assert.Contains("where a batch lies in the stream", Text(told, "DataOmitted"), StringComparison.Ordinal);

        IList<PSObject> events = _session.Run("Get-FanOutDeadLetter arn:aws:s3:::letters").ThrowIfFailed().Output;
        Assert.Equal(["Event 2", "Event 2"], events.Select(static e => $"{Text(e, "LetterType")} {Text(e, "Records")}"));
        Assert.All(events, e => Assert.Equal("2", $"{((object[])((PSObject)e.Properties["Json"].Value).Properties["Records"].Value).Length}"));
        Assert.Equal(2, _session.Run("Get-FanOutDeadLetter s3://letters -Pattern '{\"data\":[\"b\"]}'").ThrowIfFailed().Output.Count);
    }

    [Fact]
    public async Task What_cannot_be_read_comes_out_with_the_reason()
    {
        await PoisonAsync(Bucket);
        Put("of/mine/broken.ndjson", "no JSON\n\n{\"version\":2,\"mappingId\":\"later\",\"sourceArn\":\"s\"}\n{\"version\":1,\"mappingId\":\"x\",\"sourceArn\":\"s\",\"data\":\"%\"}\n[1]\n");
        Put("of/mine/picture.png", "png");

        PowerShellResult result = _session.Run($"Get-FanOutDeadLetter {Bucket}").ThrowIfFailed();

        Assert.Equal(
            ["1 It is no JSON.", "3 It is an envelope of version 2, and this module reads version 1: Update-PSResource FanOut.", "4 It is no complete letter", "5 It is neither an envelope"],
            result.Output.Where(static l => Text(l, "Problem").Length > 0).Select(static l => $"{Text(l, "Line")} {Text(l, "Problem")}").Select(static p => p.StartsWith('4') ? p[..26] : p.StartsWith('5') ? p[..27] : p));
        Assert.Equal(3, _session.Run($"Get-FanOutDeadLetter {Bucket} -Class unreadable").Output.Count);
        Assert.Contains("1 of the objects in s3://letters/of/mine are no dead letters", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_summary_counts_by_target_and_reason_and_a_file_has_the_letters_as_they_are()
    {
        await PoisonAsync(Queue);
        _session.Cloud.Sqs.Send("failed", "no\nJSON");
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "letters.ndjson");

        IList<PSObject> groups = _session.Run("Get-FanOutDeadLetter failed -Summary").ThrowIfFailed().Output;
        PowerShellResult written = _session.Run($"Get-FanOutDeadLetter failed -Path '{path}'").ThrowIfFailed();

        Assert.Equal(["2 archive Oversize", "1  Unreadable"], groups.Select(static g => $"{Text(g, "Count")} {Text(g, "Id")} {Text(g, "Class")}"));
        Assert.Equal(path, ((FileInfo)Assert.Single(written.Output).BaseObject).FullName);
        string[] lines = File.ReadAllLines(path);
        Assert.Equal(["2", "4", "no\nJSON"], lines.Select(static l => JsonDocument.Parse(l).RootElement).Select(static l => l.TryGetProperty("sequenceNumber", out JsonElement n) ? n.GetString() : l.GetProperty("unreadable").GetString()).Order());
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_message_of_a_topic_keeps_its_subject_and_attributes()
    {
        var read = new FanOut.DeadLetters.ReadLetter("q", "us-east-1");
        Engine.Events.RecordGroup group = FanOut.Tests.DeadLetters.UndeliveredRecords.Group(LambdaEvent.Sns("text").Replace("\"Subject\":null", "\"Subject\":\"news\"", StringComparison.Ordinal));
        string envelope = FanOut.Tests.DeadLetters.UndeliveredRecords.Envelope(group, FanOut.Tests.DeadLetters.UndeliveredRecords.All(group)[0]).Text;

        FanOutDeadLetter letter = read.Of(new FanOut.DeadLetters.StoredLetter(envelope, null));
        JsonElement message = JsonDocument.Parse(letter.Content!.ToEvent(letter.SourceArn!)).RootElement.GetProperty("Records")[0].GetProperty("Sns");

        Assert.Equal(("text", "news", "b"), (message.GetProperty("Message").GetString(), message.GetProperty("Subject").GetString(), message.GetProperty("MessageAttributes").GetProperty("a").GetProperty("Value").GetString()));
    }

    [Fact]
    public async Task A_caller_who_may_not_read_is_told_what_is_missing()
    {
        await PoisonAsync(Queue);
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Operation = "ReceiveMessage" });

        Assert.Equal("AccessDenied", _session.Run("Get-FanOutDeadLetter failed").Error().FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public async Task A_caller_who_may_not_give_letters_back_is_told_how_long_they_stay_hidden()
    {
        await PoisonAsync(Queue);
        _session.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Operation = "ChangeMessageVisibilityBatch" });

        PowerShellResult result = _session.Run("Get-FanOutDeadLetter failed").ThrowIfFailed();

        Assert.Equal(2, result.Output.Count);
        Assert.Contains("stay hidden from others for up to 120 seconds", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains("sqs:ChangeMessageVisibility", result.Warnings[0], StringComparison.Ordinal);
    }

    /// <summary>Of four records the target archive takes two; the others go to its dead letter.</summary>
    private async Task PoisonAsync(string deadLetter)
    {
        _session.Register("archive", $"-DeadLetter '{deadLetter}' -MaxItemBytes 40 -Enabled");
        await _engine.InvokeAsync(Enumerable.Range(1, 4).Select(static i => LambdaEvent.Kinesis(
            Encoding.UTF8.GetBytes(Json(i, i % 2 == 0 ? 30 : 1)), $"customer-{i}", $"{i}", CloudSession.Orders)));
    }

    private static string Json(int id, int padding) => $$"""{"id":{{id}},"padding":"{{new string('x', padding)}}"}""";

    private static string Text(PSObject of, string property) => $"{of.Properties[property]?.Value}";

    private void Put(string key, string text) => _session.Cloud.S3.Put("letters", key, text);
}
