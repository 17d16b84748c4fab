using System.Management.Automation;
using System.Text;
using FanOut.Engine.Mappings;
using FanOut.LocalCloud.DynamoDb;
using FanOut.LocalCloud.Kinesis;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Tests.Cmdlets.Targets;

/// <summary>Test-FanOutTarget: what it finds, and what it would send.</summary>
public sealed class TestFanOutTargetTests : IAsyncDisposable
{
    private const string Table = "arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-11-24T00:00:00.000";

    private readonly CloudSession _session = new();

    /// <summary>Settings of a target, and which check must fail or warn, with a word of the reason.</summary>
    public static TheoryData<string, string, string, string> Broken => new()
    {
        { "Type = 'kafka'; Destination = 't'", "Settings", "Fail", "kafka" },
        { "Type = 'sqs'; Destination = 'not a queue'", "Settings", "Fail", "queue" },
        { "Type = 'sqs'; Destination = 'arn:aws:sqs:us-east-1:1234:q'", "Settings", "Fail", "12 digits" },
        { "Type = 'sns'; Destination = 'https://sqs.us-east-1.amazonaws.com/123456789012/q'", "Settings", "Fail", "topic" },
        { "Type = 'es'; Destination = 'https://search.example.org'", "Settings", "Fail", "index" },
        { "Type = 'es'; Destination = 'https://search.example.org#Orders'", "Settings", "Fail", "capital" },
        { "Type = 'kinesis'; Destination = 'arn:aws:kinesis:us-east-1:123456789012:stream/orders'", "Settings", "Fail", "itself" },
        { "Type = 'lambda'; Destination = 'arn:aws:lambda:us-east-1:123456789012:function:fanout'", "Settings", "Fail", "function" },
        { "Type = 'sqs'; Destination = $queue; Collapse = 'zip'", "Settings", "Fail", "collapse" },
        { "Type = 'sqs'; Destination = $queue; ExternalId = 'x'", "Settings", "Fail", "role" },
        { "Type = 'redis'; Destination = 'cache:6379'; DestinationRoleArn = 'arn:aws:iam::210987654321:role/r'", "Settings", "Fail", "redis and memcached" },
        { "Type = 'sqs'; Destination = $queue; Filter = '{\"data\":'", "Settings", "Fail", "filter" },
        { "Type = 'sqs'; Destination = $queue; MaxItemBytes = 'many'", "Settings", "Fail", "MaxItemBytes" },
        { "Type = 'sqs'; Destination = $queue; Filter = '{\"eventName\":[\"INSERT\"]}'", "Filter", "Fail", "never match" },
        { "Type = 'firehose'; Destination = 'arn:aws:firehose:us-east-1:123456789012:deliverystream/lake'; Collapse = 'none'", "Options", "Warn", "Collapse" },
        { "Type = 'sqs'; Destination = $queue; ConvertDDB = $true", "Options", "Warn", "DynamoDB" },
        { "Type = 'redis'; Destination = 'cache'", "Options", "Warn", "6379" },
        { "Type = 'sqs'; Destination = $queue; Enabled = $false", "Enabled", "Warn", "nothing is sent" },
        { "Type = 'sqs'; Destination = $queue; Filter = '{\"data\":{\"absent\":[1]}}'", "Plan", "Warn", "3 filtered out" },
    };

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_cannot_work_is_named_without_a_call(string settings, string check, string status, string words)
    {
        PowerShellResult result = Test(settings);

        PSObject found = Assert.Single(result.Output, c => Text(c, "Check") == check);
        Assert.Equal(status, Text(found, "Status"));
        Assert.Contains(words, Text(found, "Detail"), StringComparison.OrdinalIgnoreCase);
        Assert.NotEmpty(Text(found, "Remedy"));
        Assert.Equal(status, Text(Verdict(result), "Status"));
        Assert.Empty(_session.Calls);
    }

    [Theory]
    [InlineData("Type = 'kafka'; Destination = 't'", "Type <sns|sqs|es|")]
    [InlineData("Type = 'sqs'; Destination = 'not a queue'", "Destination <a queue: name, URL, or arn:aws:sqs:")]
    [InlineData("Type = 'es'; Destination = 'https://search.example.org'", "Destination <a domain's name with -Index, or endpoint#index>")]
    [InlineData("Type = 'sqs'; Destination = 'arn:aws:sqs:us-east-1:1234:q'", "Destination <")]
    [InlineData("Type = 'sqs'; Destination = $queue; Collapse = 'zip'", "Collapse <{collapses}>")]
    [InlineData("Type = 'sqs'; Destination = $queue; Collapse = 'zip'; View = 'old'", "Collapse <{collapses}>, and View <newImage|oldImage|both|record>")]
    [InlineData("Type = 'sqs'; Destination = $queue; ExternalId = 'x'", "-DestinationRoleArn arn:aws:iam::<account>:role/<name> too, or leave -ExternalId out")]
    [InlineData("Type = 'redis'; Destination = 'cache:6379'; DestinationRoleArn = 'arn:aws:iam::210987654321:role/r'", "Leave -DestinationRoleArn out.")]
    [InlineData("Type = 'sqs'; Destination = $queue; Filter = '{\"data\":'", "Filter '{\"data\":")]
    [InlineData("Type = 'sqs'; Destination = $queue; MaxItemBytes = 'many'", "MaxItemBytes <a whole number of bytes")]
    [InlineData("Type = 'sqs'; Destination = $queue; Parallel = 'maybe'", "Parallel <$true|$false>")]
    [InlineData("Type = 'sqs'; Destination = $queue; DestinationRoleArn = 'writer'", "DestinationRoleArn arn:aws:iam::<account>:role/<name>")]
    public void A_setting_that_cannot_be_used_comes_with_what_it_takes(string settings, string remedy)
    {
        PSObject found = Assert.Single(Test(settings).Output, static c => Text(c, "Check") == "Settings");

        Assert.Contains(Filled(remedy), Text(found, "Remedy"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""
        "type":{"S":"sqs"},"destination":{"S":"arn:aws:sqs:us-east-1:123456789012:q"},"collapse":{"S":"zip"},"role":{"S":"writer"}
        """, "Set-FanOutTarget 'bad' -DestinationRoleArn arn:aws:iam::<account>:role/<name> -Collapse <{collapses}> -SourceArn")]
    [InlineData("""
        "type":{"S":"kafka"},"destination":{"S":"x"},"parallel":{"S":"maybe"}
        """, "Set-FanOutTarget 'bad' -Type <{types}> -Parallel:<$true|$false> -Destination <a name, or in full, as the type needs it> -SourceArn")]
    public void A_row_that_is_no_valid_mapping_comes_with_the_command_that_mends_it(string attributes, string remedy)
    {
        _session.Put($$"""{"sourceArn":{"S":"{{CloudSession.Orders}}"},"id":{"S":"bad"},{{attributes}}}""");

        PSObject found = Assert.Single(_session.Run("Test-FanOutTarget bad").ThrowIfFailed().Output, static c => Text(c, "Check") == "Settings");

        Assert.StartsWith(Filled(remedy), Text(found, "Remedy"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-FanOutTarget t", "Enable-FanOutTarget 't' -SourceArn ")]
    [InlineData("(Get-FanOutTarget t | Select-Object *)", "Enable-FanOutTarget 't' -SourceArn ")]
    [InlineData("[pscustomobject]@{ Id = 't'; Type = 'sqs'; Destination = 'arn:aws:sqs:us-east-1:123456789012:q'; SourceArn = $orders }", "Register it with -Enabled.")]
    [InlineData("Test-FanOutTarget t | Out-Null; Get-FanOutTarget t | Select-Object Id, SourceArn", "Enable-FanOutTarget 't' -SourceArn ")]
    public void A_target_that_is_disabled_is_enabled_where_it_is_registered_already(string piped, string remedy)
    {
        _session.Register("t");

        PowerShellResult result = _session.Run($"$orders = '{CloudSession.Orders}'; {piped} | Test-FanOutTarget");

        Assert.StartsWith(remedy, Text(Assert.Single(result.ThrowIfFailed().Output, static c => Text(c, "Check") == "Enabled"), "Remedy"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqs", "arn:aws:sqs:us-east-1:123456789012:q", "SendMessageBatch")]
    [InlineData("sns", "arn:aws:sns:us-east-1:123456789012:t", "PublishBatch")]
    [InlineData("kinesis", "arn:aws:kinesis:us-east-1:123456789012:stream/copy", "PutRecords")]
    [InlineData("firehose", "arn:aws:firehose:us-east-1:123456789012:deliverystream/lake", "PutRecordBatch")]
    [InlineData("lambda", "arn:aws:lambda:us-east-1:123456789012:function:other", "POST /2015-03-31/functions/")]
    [InlineData("events", "arn:aws:events:us-east-1:123456789012:event-bus/orders", "PutEvents")]
    [InlineData("states", "arn:aws:states:us-east-1:123456789012:stateMachine:bill", "StartExecution")]
    [InlineData("iot", "abc-ats.iot.us-east-1.amazonaws.com#shop/orders", "POST /topics/shop")]
    [InlineData("es", "https://search.example.org#orders", "POST /orders/_bulk")]
    [InlineData("redis", "cache.example.org:6379", "SET")]
    [InlineData("memcached", "cache.example.org:11211", "SET")]
    public void What_can_work_passes_with_the_calls_it_would_make(string type, string destination, string operation)
    {
        PowerShellResult result = Test($"Type = '{type}'; Destination = '{destination}'; DestinationRoleArn = {(type is "redis" or "memcached" ? "$null" : "'arn:aws:iam::210987654321:role/r'")}");

        Assert.Equal("Pass", Text(Verdict(result), "Status"));
        PSObject call = PSObject.AsPSObject(Calls(result)[0]);
        Assert.StartsWith(operation, Text(call, "Operation"), StringComparison.Ordinal);
        Assert.True((int)call.Properties["Records"].Value >= 1);
        Assert.Empty(_session.Calls);
    }

    // orders to copy, copy to a topic, the topic to orders: each by itself is right.
    [Theory]
    [InlineData("", "Fail", "for ever, and become more")]
    [InlineData("-Filter '{\"data\":{\"n\":[1]}}'", "Warn", "Unless a filter of these")]
    public void Records_that_come_back_over_other_targets_are_named(string filter, string status, string words)
    {
        const string Copy = "arn:aws:kinesis:us-east-1:123456789012:stream/copy", Topic = "arn:aws:sns:us-east-1:123456789012:news";
        _session.Run($"""
            Register-FanOutTarget kinesis out {Copy} -SourceArn {CloudSession.Orders} -Enabled
            Register-FanOutTarget sns round {Topic} -SourceArn {Copy} -Enabled {filter}
            Register-FanOutTarget kinesis back {CloudSession.Orders} -SourceArn {Topic}
            Register-FanOutTarget kinesis away arn:aws:kinesis:us-east-1:123456789012:stream/other -SourceArn {CloudSession.Orders} -Enabled
            """).ThrowIfFailed();

        Assert.DoesNotContain(_session.Run("Test-FanOutTarget out").ThrowIfFailed().Output, static c => Text(c, "Check") == "Loop");

        _session.Run($"Enable-FanOutTarget back -SourceArn {Topic}").ThrowIfFailed();
        PSObject loop = Assert.Single(_session.Run($"Test-FanOutTarget -SourceArn {CloudSession.Orders}").ThrowIfFailed().Output, static c => Text(c, "Check") == "Loop");

        Assert.Equal(("out", status), (Text(loop, "Id"), Text(loop, "Status")));
        Assert.Contains($"come back to {CloudSession.Orders}: by 'out' to {Copy}, then by 'round' to {Topic}, then by 'back' to {CloudSession.Orders}.", Text(loop, "Detail"), StringComparison.Ordinal);
        Assert.Contains(words, Text(loop, "Detail"), StringComparison.Ordinal);
        Assert.Contains("Disable-FanOutTarget 'out'", Text(loop, "Remedy"), StringComparison.Ordinal);
        Assert.Equal(3, _session.Run("Test-FanOutTarget").ThrowIfFailed().Output.Count(static c => Text(c, "Check") == "Loop"));
        Assert.Equal(3, _session.Run("Get-FanOutTarget | Test-FanOutTarget").ThrowIfFailed().Output.Count(static c => Text(c, "Check") == "Loop"));

        _session.Run($"Disable-FanOutTarget out -SourceArn {CloudSession.Orders}").ThrowIfFailed();
        loop = Assert.Single(_session.Run($"Test-FanOutTarget -SourceArn {CloudSession.Orders}").ThrowIfFailed().Output, static c => Text(c, "Check") == "Loop");
        Assert.Equal(("Warn", "Leave it disabled."), (Text(loop, "Status"), Text(loop, "Remedy")));

        PSObject row = Assert.Single(
            Test("Type = 'kinesis'; Destination = 'copy'; Enabled = $true", "-Environment").Output, static c => Text(c, "Check") == "Loop");
        Assert.Equal("Give another Destination, or a Filter that ends it.", Text(row, "Remedy"));
    }

    [Theory]
    [InlineData("Type = 'es'; Destination = 'https://search.example.org#orders'", "record-1", "record-1")]
    [InlineData("Type = 'es'; Destination = 'https://search.example.org#orders'; DocumentId = 'none'", "", "")]
    [InlineData("Type = 'es'; Destination = 'https://search.example.org#orders'; DocumentId = 'sequence'", "shardId-000000000000:4959*-*", "")]
    [InlineData("Type = 'sqs'; Destination = 'https://sqs.us-east-1.amazonaws.com/123456789012/q.fifo'; Collapse = 'none'; DeduplicationId = '<data.n>'; Key = 'g-<data.n>'", "17", "g-17")]
    [InlineData("Type = 'sns'; Destination = 'arn:aws:sns:us-east-1:123456789012:t.fifo'; Collapse = 'none'; DeduplicationId = 'a+<data.n>&b'; Key = 'g-<data.n>'", "a+17&b", "g-17")]
    [InlineData("Type = 'states'; Destination = 'arn:aws:states:us-east-1:123456789012:stateMachine:m'; DeduplicationId = 'run-<data.n>'", "run-17", "")]
    [InlineData("Type = 'http'; Destination = 'https://api.example.com/x'; Collapse = 'none'; DeduplicationId = 'x<data.n>'", "x17", "record-1")]
    [InlineData("Type = 'sqs'; Destination = $queue", "", "")]
    [InlineData("Type = 'kinesis'; Destination = 'arn:aws:kinesis:us-east-1:123456789012:stream/copy'", "", "record-1")]
    public void A_planned_call_has_what_its_items_are_known_by_and_grouped_by(string settings, string ids, string keys)
    {
        PSObject call = PSObject.AsPSObject(Assert.Single(Calls(Test(settings, "-Record @{ n = 17 }"))));

        Assert.Equal(keys, string.Join(' ', (IEnumerable<string>)call.Properties["Keys"].Value));
        string found = string.Join(' ', (IEnumerable<string>)call.Properties["Ids"].Value);
        Assert.True(new WildcardPattern(ids).IsMatch(found) && (ids.Length > 0 || found.Length == 0), found);
    }

    [Fact]
    public void The_plan_counts_what_is_sent_filtered_and_rejected()
    {
        PowerShellResult result = Test(
            "Type = 'es'; Destination = 'https://search.example.org#orders'; Filter = '{\"data\":{\"n\":[{\"numeric\":[\">\",1]}]}}'",
            "-Record @{ n = 1 }, @{ n = 2 }, '{\"n\":3}', ([pscustomobject]@{ Data = [Text.Encoding]::UTF8.GetBytes('{\"n\":4}'); PartitionKey = 'four' })");

        PSObject plan = Assert.Single(result.Output, static c => Text(c, "Check") == "Plan");
        Assert.StartsWith("3 of 4 records would be sent, 1 filtered out: 1 call, 3 items", Text(plan, "Detail"), StringComparison.Ordinal);
        PSObject call = PSObject.AsPSObject(Calls(result)[0]);
        Assert.Equal(["record-2", "record-3", "four"], (IEnumerable<string>)call.Properties["Keys"].Value);
        Assert.Equal("{\"n\":2}", Text(call, "First"));
    }

    [Fact]
    public void Records_that_would_be_rejected_are_named_with_the_reason()
    {
        PowerShellResult result = Test("Type = 'es'; Destination = 'https://search.example.org#orders'; MaxItemBytes = 100", "-Record 'no JSON', @{ text = 'x' * 200 }, @{ n = 1 }");

        PSObject plan = Assert.Single(result.Output, static c => Text(c, "Check") == "Plan");
        Assert.Equal("Fail", Text(plan, "Status"));
        Assert.Contains("1 of 3 records", Text(plan, "Detail"), StringComparison.Ordinal);
        Assert.Contains("1 record rejected (Undecodable", Text(plan, "Detail"), StringComparison.Ordinal);
        Assert.Contains("1 record rejected (Oversize): ", Text(plan, "Detail"), StringComparison.Ordinal);
    }

    [Fact]
    public void PassThru_warns_of_records_that_would_be_rejected()
    {
        PowerShellResult result = Test("Type = 'sqs'; Destination = $queue", "-Record 'no JSON' -PassThru").ThrowIfFailed();

        Assert.Empty(result.Output);
        Assert.Contains("Undecodable", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void PassThru_says_once_what_is_wrong_with_settings()
    {
        string error = Test("Type = 'sqs'; Destination = $queue; Transform = @{ inputTemplate = '<data.x' }", "-Record 'a' -PassThru").Error().Exception.Message;

        Assert.Equal("The target 't' cannot have these settings: transform has '<data.x' with no '>' behind it; a value of the record stands between < and >.", error);
    }

    [Fact]
    public void PassThru_shows_what_a_target_gets_besides_data_and_key()
    {
        PowerShellResult result = Test(
            "Type = 'sqs'; Destination = 'https://sqs.us-east-1.amazonaws.com/123456789012/q.fifo'; Collapse = 'none'; DeduplicationId = '<data.id>'", "-Record @{ id = 17 }, @{ no = 1 } -PassThru").ThrowIfFailed();

        var texts = (IReadOnlyDictionary<string, string>)Assert.Single(result.Output).Properties["Texts"].Value;
        Assert.Equal([("deduplicationId", "17")], texts.Select(static t => (t.Key, t.Value)));
        Assert.Contains(result.Warnings, static w => w.Contains("1 record rejected (Undecodable, NoDeduplicationId): The mapping's deduplicationId, '<data.id>', needs a value that the record does not have, or that is null or empty.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Type = 'kinesis'; Destination = 'arn:aws:kinesis:us-east-1:123456789012:stream/copy'; Key = '<data.customer.nobody>'", "Warn", "NoKey")]
    [InlineData("Type = 'es'; Destination = 'search-x.us-east-1.es.amazonaws.com#orders-<data.customer.nowhere>'", "Warn", "NoIndex")]
    [InlineData("Type = 'sqs'; Destination = 'https://sqs.us-east-1.amazonaws.com/123456789012/q.fifo'; Collapse = 'none'; DeduplicationId = 'x-<data.customer.nobody>'", "Warn", "NoDeduplicationId")]
    [InlineData("Type = 'kinesis'; Destination = 'arn:aws:kinesis:us-east-1:123456789012:stream/copy'; Key = '<fanout.partitionKey>'; MaxItemBytes = 10", "Fail", "Oversize")]
    public void Our_samples_may_lack_what_a_target_reads_of_records(string properties, string status, string code)
    {
        PSObject plan = Assert.Single(Test(properties, "").ThrowIfFailed().Output, static c => Text(c, "Check") == "Plan");

        Assert.Equal(status, Text(plan, "Status"));
        Assert.Contains(code, Text(plan, "Detail"), StringComparison.Ordinal);
        Assert.Equal(status == "Warn", Text(plan, "Remedy").Contains("-Record, -EventPath or -Live", StringComparison.Ordinal));
        Assert.Equal("Fail", Text(Assert.Single(Test(properties, "-Record @{ id = 1 }").Output, static c => Text(c, "Check") == "Plan"), "Status"));
    }

    [Fact]
    public void A_target_that_is_named_twice_is_tested_once_and_variants_of_one_id_each()
    {
        _session.Register("t", "-Enabled");
        PowerShellResult twice = _session.Run("$t = Get-FanOutTarget t; $t, $t | Test-FanOutTarget");
        PowerShellResult variants = _session.Run(
            "'none', 'concat' | ForEach-Object { [pscustomobject]@{ Id = 'v'; Type = 'sqs'; Destination = 'arn:aws:sqs:us-east-1:123456789012:q'; SourceArn = '" + CloudSession.Orders + "'; Collapse = $_ } } | Test-FanOutTarget -Record a, b -PassThru");

        Assert.Single(twice.ThrowIfFailed().Output, static c => Text(c, "Check") == "Verdict");
        Assert.Equal(["a", "b", "a", "b"], variants.ThrowIfFailed().Output.Select(static p => Text(p, "Text")));
    }

    [Fact]
    public void PassThru_gives_the_payloads_of_a_table_s_items_as_plain_JSON()
    {
        PowerShellResult result = Test($"Type = 'sqs'; Destination = $queue; SourceArn = '{Table}'; ConvertDDB = $true; Collapse = 'none'", "-Record @{ id = 17; name = 'a'; tags = 'x','y' } -PassThru");

        Assert.Equal("""{"id":17,"name":"a","tags":["x","y"]}""", Text(result.Only(), "Text"));
    }

    [Fact]
    public void The_samples_of_a_table_hold_a_new_a_changed_and_a_removed_item()
    {
        PowerShellResult result = Test($"Type = 'redis'; Destination = 'cache:6379'; SourceArn = '{Table}'; ConvertDDB = $true", "-PassThru");

        Assert.Equal([false, false, true], result.ThrowIfFailed().Output.Select(static p => (bool)p.Properties["IsDelete"].Value));
    }

    [Fact]
    public void An_event_of_a_file_is_planned_for_and_one_that_is_none_is_an_error()
    {
        using TemporaryFolder folder = new();
        string file = Path.Join(folder.Path, "event.json"), other = Path.Join(folder.Path, "other.json"), table = Path.Join(folder.Path, "table.json");
        File.WriteAllBytes(file, LambdaEvent.Of(LambdaEvent.Kinesis(Encoding.UTF8.GetBytes("one")), LambdaEvent.Kinesis(Encoding.UTF8.GetBytes("two"), sequenceNumber: "50")));
        File.WriteAllText(other, "{\"hello\":1}");
        File.WriteAllBytes(table, LambdaEvent.Of(LambdaEvent.Dynamo("INSERT", """{"id":{"S":"1"}}""", """{"id":{"S":"1"}}""", null)));

        Assert.Equal(["one", "two"], Test("Type = 'sqs'; Destination = $queue; Collapse = 'none'", $"-EventPath '{file}' -PassThru").ThrowIfFailed().Output.Select(static p => Text(p, "Text")));
        Assert.Equal("InvalidParameter,FanOut.Commands.TestFanOutTargetCommand", Test("Type = 'sqs'; Destination = $queue", $"-EventPath '{other}'").Error().FullyQualifiedErrorId);
        Assert.Equal("Skipped", Text(Assert.Single(Test("Type = 'sqs'; Destination = $queue", $"-EventPath '{table}'").Output, static c => Text(c, "Check") == "Plan"), "Status"));
    }

    [Fact]
    public void What_is_piped_is_what_is_tested_also_with_the_source_by_name()
    {
        _session.Register("t", "-Enabled");

        PowerShellResult result = _session.Run("[pscustomobject]@{ Id = 't'; Type = 'sqs'; Destination = 'arn:aws:sqs:us-east-1:123456789012:q'; Collapse = 'none'; Enabled = $true } | Test-FanOutTarget -Source orders");

        Assert.Equal(3, (int)PSObject.AsPSObject(Calls(result)[0]).Properties["Items"].Value);
    }

    [Theory]
    [InlineData("-Type sqs -Destination arn:aws:sqs:us-east-1:123456789012:q -Source orders", "-Id must name one target")]
    [InlineData("-Type sqs", "-Type goes with the other")]
    [InlineData("t -Type sqs -Destination arn:aws:sqs:us-east-1:123456789012:q", "-SourceArn is missing")]
    [InlineData("-Source orders -EventPath absent.json", "not there")]
    [InlineData("-Source orders -Record @()", "-Record is empty")]
    public void What_is_asked_for_by_halves_is_an_error_that_says_the_other_half(string arguments, string words)
    {
        _session.Register("t");

        Assert.Contains(words, _session.Run($"Test-FanOutTarget {arguments}").Error().Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_that_are_none_of_one_source_keep_no_target_of_another_from_its_test()
    {
        PowerShellResult result = _session.Run($$"""
            '{{Table}}', '{{CloudSession.Orders}}' | ForEach-Object { [pscustomobject]@{ Id = 't'; SourceArn = $_; Type = 'sqs'; Destination = 'arn:aws:sqs:us-east-1:123456789012:q'; Enabled = $true } } |
                Test-FanOutTarget -Record 'no JSON'
            """);

        Assert.Contains("not JSON", result.Error().Exception.Message, StringComparison.Ordinal);
        Assert.Equal(CloudSession.Orders, Text(Assert.Single(result.Output, static c => Text(c, "Check") == "Verdict"), "SourceArn"));
    }

    [Fact]
    public void Registered_targets_are_tested_by_id_and_rows_that_are_none_are_told()
    {
        _session.Register("archive", "-Enabled");
        _session.Put("""{"sourceArn":{"S":"%s"},"id":{"S":"bad"},"type":{"S":"kafka"},"destination":{"S":"t"}}""".Replace("%s", CloudSession.Orders, StringComparison.Ordinal));

        Assert.Equal("Pass", Text(Verdict(_session.Run("Test-FanOutTarget archive -Source orders")), "Status"));
        Assert.Equal(["archive", "bad"], _session.Run("Test-FanOutTarget | Where-Object Check -eq Verdict | Sort-Object Id").ThrowIfFailed().Output.Select(static c => Text(c, "Id")));
        Assert.Equal("Fail", Text(Verdict(_session.Run("Get-FanOutTarget bad | Test-FanOutTarget")), "Status"));
        Assert.StartsWith("TargetNotFound,", _session.Run("Test-FanOutTarget absent").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain(_session.Changes, static c => c != "dynamodb:PutItem");
    }

    [Fact]
    public void Live_plans_for_the_newest_records_of_a_stream_or_for_those_from_a_time_on()
    {
        _session.Register("t", "-Enabled -Collapse none");
        KinesisStream orders = _session.Cloud.Kinesis.Find("orders")!;
        foreach (int n in Enumerable.Range(1, 5))
        {
            orders.Put($"key {n}", Encoding.UTF8.GetBytes($$"""{"n":{{n}}}"""));
        }

        Assert.Equal(["""{"n":4}""", """{"n":5}"""], _session.Run("Test-FanOutTarget t -Live -Last 2 -PassThru").ThrowIfFailed().Output.Select(static p => Text(p, "Text")));
        Assert.Equal(["""{"n":1}""", """{"n":2}"""], _session.Run("Test-FanOutTarget t -Live -Last 2 -At ([datetime]::UtcNow.AddHours(-1)) -PassThru").ThrowIfFailed().Output.Select(static p => Text(p, "Text")));
        Assert.StartsWith("5 of 5 records of the source would be sent", Text(Plan(_session.Run("Test-FanOutTarget t -Live")), "Detail"), StringComparison.Ordinal);
        Assert.Equal(("Skipped", "The source holds no such record."), (Text(Plan(_session.Run("Test-FanOutTarget t -Live -At ([datetime]::UtcNow.AddHours(1))")), "Status"), Text(Plan(_session.Run("Test-FanOutTarget t -Live -At ([datetime]::UtcNow.AddHours(1))")), "Detail")));
    }

    [Fact]
    public void Live_plans_for_the_changes_of_a_table_and_says_that_a_topic_keeps_nothing()
    {
        DynamoTable table = _session.Cloud.Dynamo.CreateTable("customers", "id", streamView: "NEW_AND_OLD_IMAGES");
        table.Put("""{"id":{"S":"1"},"name":{"S":"a"}}""");
        table.Put("""{"id":{"S":"1"},"name":{"S":"b"}}""");
        string target = "[pscustomobject]@{ Id = 't'; SourceArn = '%s'; Type = 'sqs'; Destination = 'arn:aws:sqs:us-east-1:123456789012:q'; Enabled = $true; ConvertDDB = $true; Collapse = 'none' } | Test-FanOutTarget -Live -PassThru";

        Assert.Equal(
            ["""{"id":"1","name":"a"}""", """{"id":"1","name":"b"}"""],
            _session.Run(target.Replace("%s", table.EventStream!.Arn, StringComparison.Ordinal)).ThrowIfFailed().Output.Select(static p => Text(p, "Text")));
        Assert.StartsWith("SourceNotReadable,", _session.Run(target.Replace("%s", "arn:aws:sns:us-east-1:123456789012:news", StringComparison.Ordinal)).Error().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Live -Record 1", "-Live reads records of the source")]
    [InlineData("-Last 3", "-Last goes with -Live")]
    [InlineData("-At 2026-11-28", "-At goes with -Live")]
    public void What_goes_with_Live_is_an_error_without_it(string arguments, string words)
    {
        _session.Register("t");

        Assert.Contains(words, _session.Run($"Test-FanOutTarget t {arguments}").Error().Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_of_a_registered_target_is_cut_with_the_function_s_memory_and_variables()
    {
        _session.Register("t", "-Enabled");
        Assert.EndsWith("as a function of 128 MB with its default settings sends them.", Text(Plan(_session.Run("Test-FanOutTarget t")), "Detail"), StringComparison.Ordinal);

        _session.Lambda.Add("fanout", new RecordingFunction(), new() { MemorySize = 512, Environment = new Dictionary<string, string> { ["FANOUT_PARALLEL_BLOCKS"] = "1" } });
        Assert.EndsWith("as the function fanout, with 512 MB, sends them.", Text(Plan(_session.Run("Test-FanOutTarget t")), "Detail"), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_targets_of_sources_of_a_kind_are_tested_and_got()
    {
        _session.Register("t", "-Enabled");
        _session.Run($"Register-FanOutTarget sqs changes arn:aws:sqs:us-east-1:123456789012:q -SourceArn {Table} -WarningAction Ignore").ThrowIfFailed();

        Assert.Equal(["changes"], _session.Run("Test-FanOutTarget -SourceType DynamoDB | Where-Object Check -eq Verdict").ThrowIfFailed().Output.Select(static c => Text(c, "Id")));
        Assert.Equal(["t"], _session.Run("Get-FanOutTarget -SourceType Kinesis").ThrowIfFailed().Output.Select(static c => Text(c, "Id")));
    }

    [Fact]
    public void Who_pipes_records_is_told_of_Record() =>
        Assert.Contains("-Record $records", _session.Run("'{\"n\":1}' | Test-FanOutTarget").Error().ErrorDetails.RecommendedAction, StringComparison.Ordinal);

    [Fact]
    public void Payloads_that_share_a_message_say_so()
    {
        Assert.Equal([1, 1, 1], Test("Type = 'sqs'; Destination = $queue", "-PassThru").ThrowIfFailed().Output.Select(static p => (int)p.Properties["Item"].Value));
        Assert.Equal([1, 2, 3], Test("Type = 'sqs'; Destination = $queue; Collapse = 'none'", "-PassThru").ThrowIfFailed().Output.Select(static p => (int)p.Properties["Item"].Value));
    }

    [Fact]
    public void Send_sends_one_marked_record_to_the_target_and_says_what_came_of_it()
    {
        _session.Cloud.Sqs.CreateQueue("t");
        _session.Register("t", "-Enabled -Collapse none -Filter '{\"data\":{\"sentBy\":[\"Test-FanOutTarget\"]}}'");

        PSObject sent = Send(_session.Run("Test-FanOutTarget t -Send"));
        string body = Assert.Single(_session.Cloud.Sqs.Find("t")!.Messages).Body;
        Assert.Equal("Pass", Text(sent, "Status"));
        Assert.Contains(System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!, Text(sent, "Detail"), StringComparison.Ordinal);
        Assert.Contains("not by the function", Text(sent, "Detail"), StringComparison.Ordinal);

        Assert.Equal("Warn", Text(Send(_session.Run("Test-FanOutTarget t -Send -Record @{ n = 1 }")), "Status"));
        Assert.Single(_session.Cloud.Sqs.Find("t")!.Messages);

        _session.Cloud.Sqs.DeleteQueue("arn:aws:sqs:us-east-1:123456789012:t");
        PSObject failed = Send(_session.Run("Test-FanOutTarget t -Send"));
        Assert.Equal("Fail", Text(failed, "Status"));
        Assert.Contains("has not taken the record", Text(failed, "Detail"), StringComparison.Ordinal);
        Assert.Contains("sends one record", _session.Run("Test-FanOutTarget t -Send -Record 1, 2").Error().Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_sent_record_is_one_of_its_own_also_to_targets_that_drop_repeats()
    {
        _session.Cloud.Sqs.CreateQueue("once.fifo", new Dictionary<string, string> { ["FifoQueue"] = "true" });
        string machine = _session.Cloud.StepFunctions.CreateStateMachine("bill").Arn;
        _session.Run($"Register-FanOutTarget sqs t once.fifo -SourceArn {CloudSession.Orders} -Collapse none -Enabled; Register-FanOutTarget states s {machine} -SourceArn {CloudSession.Orders} -Enabled -WarningAction Ignore").ThrowIfFailed();

        _session.Run("Test-FanOutTarget t, s -Send; Test-FanOutTarget t, s -Send").ThrowIfFailed();

        Assert.Equal((2, 2), (_session.Cloud.Sqs.Find("once.fifo")!.Messages.Count, _session.Cloud.StepFunctions.Received.Count));
    }

    private static PSObject Send(PowerShellResult result) => Assert.Single(result.ThrowIfFailed().Output, static c => Text(c, "Check") == "Send");

    private static PSObject Plan(PowerShellResult result) => Assert.Single(result.ThrowIfFailed().Output, static c => Text(c, "Check") == "Plan");

    // With the words that there are.
    private static string Filled(string remedy) => remedy.Replace("{types}", MappingText.AllTypes.Replace(", ", "|", StringComparison.Ordinal), StringComparison.Ordinal)
        .Replace("{collapses}", MappingText.AllCollapses.Replace(", ", "|", StringComparison.Ordinal), StringComparison.Ordinal);

    private PowerShellResult Test(string settings, string more = "")
    {
        _session.Run("$queue = 'arn:aws:sqs:us-east-1:123456789012:q'").ThrowIfFailed();
        string source = settings.Contains("SourceArn", StringComparison.Ordinal) ? "" : $"SourceArn = '{CloudSession.Orders}'; ";
        string enabled = settings.Contains("Enabled", StringComparison.Ordinal) ? "" : "Enabled = $true; ";
        return _session.Run($"[pscustomobject]@{{ Id = 't'; {source}{enabled}{settings} }} | Test-FanOutTarget {more}");
    }

    private static PSObject Verdict(PowerShellResult result) => Assert.Single(result.ThrowIfFailed().Output, static c => Text(c, "Check") == "Verdict");

    private static object[] Calls(PowerShellResult result) =>
        [.. (IEnumerable<object>)Assert.Single(result.Output, static c => Text(c, "Check") == "Plan").Properties["Calls"].Value];

    private static string Text(PSObject of, string property) => $"{of.Properties[property]?.Value}";
}
