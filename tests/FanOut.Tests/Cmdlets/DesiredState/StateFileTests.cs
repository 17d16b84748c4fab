using System.Management.Automation;

namespace FanOut.Tests.Cmdlets.DesiredState;

/// <summary>What a file of a desired state may have, and what is said of one that has faults.</summary>
public sealed class StateFileTests : StateTests
{
    private const string Only = "\"Source\": \"orders\", \"SourceType\": \"Kinesis\", \"Destination\": \"arn:aws:sqs:us-east-1:123456789012:audit\"";

    [Fact]
    public void All_faults_are_told_at_once_with_their_lines_and_nothing_is_changed()
    {
        ErrorRecord error = Sync("""
            {
              "Function": { "FunctionName": "fresh", "MemorySize": 64, "Memry": 1, "Metrics": "loud" },
              "Sources": [
                { "Source": "orders", "SourceType": "Kinesis", "BatchSize": 0 },
                { "Source": "absent", "SourceType": "Kinesis" }
              ],
              "Targets": [
                { "Id": "a", "Type": "kafka", "Destination": "x" },
                { "Id": "b", "Type": "sqs", "Destination": "absent-queue", "SourceArn": "arn:aws:kinesis:us-east-1:123456789012:stream/orders" },
                { "Id": "c", "Type": "sqs", "Destination": "audit", "MaxItemBytes": "many", "Source": "orders",
                  "Filter": { "dta": ["x"] } },
                "d"
              ],
              "Target": []
            }
            """).Error();

        Assert.Equal("StateInvalid,FanOut.Commands.SyncFanOutTargetCommand", error.FullyQualifiedErrorId);
        string[] lines = [.. error.Exception.Message.Split('\n').Skip(1).Select(static l => l.Trim())];
        Assert.Equal(
            [
                "line 2, Function.Memry: There is no 'Memry'.",
                "line 2, Function.Metrics: 'loud' is not one of cloudwatch, emf, none.",
                "line 8, Targets[0].Type: 'kafka' is not one of sns, sqs, es, kinesis, firehose, iot, lambda, events, states, memcached, redis, http.",
                "line 10, Targets[2].MaxItemBytes: 'many' is not a whole number: write it as 65536, or as 64kb.",
                "line 12, Targets[3]: It is a text; an object is wanted.",
                "line 14, Target: There is no section 'Target'; is Targets meant?: Function, Sources and Targets are the sections.",
            ],
            lines);
        Assert.Empty(Session.Changes);
    }

    [Fact]
    public void What_the_cmdlets_would_refuse_is_a_fault_at_its_line()
    {
        ErrorRecord error = Sync("""
            {
              "Function": { "FunctionName": "fresh",
                "MemorySize": 64 },
              "Sources": [
                { "Source": "orders", "SourceType": "Kinesis",
                  "BatchSize": 0 },
                { "Source": "absent", "SourceType": "Kinesis" }
              ],
              "Targets": [
                { "Id": "b", "Type": "sqs", "Destination": "absent-queue", "Source": "orders" },
                { "Id": "c", "Type": "sqs", "Destination": "audit", "Source": "orders", "Filter": { "dta": ["x"] } },
                { "Id": "d", "Type": "sqs", "Destination": "audit" },
                { "Id": "e", "Type": "sqs", "Destination": "audit", "Source": "orders" },
                { "Id": "e", "Type": "sqs", "Destination": "archive", "Source": "orders" }
              ]
            }
            """).Error();

        string message = error.Exception.Message;
        foreach (string line in new[]
        {
            "line 3, Function.MemorySize: -MemorySize is 64; 128 to 10240 are allowed.", "line 6, Sources[0].BatchSize: -BatchSize is 0; it takes 1 to 10,000.", "line 7, Sources[1]: ",
            "line 10, Targets[0]: There is no SQS queue 'absent-queue'", "line 11, Targets[1]: The target 'c' cannot have these settings: filter", "line 12, Targets[2]: -Source is missing",
            "line 14, Targets[4].Id: -Id 'e' is there twice",
        })
        {
            Assert.Contains(line, message, StringComparison.Ordinal);
        }

        Assert.Empty(Session.Changes);
    }

    [Fact]
    public void A_name_that_there_is_not_comes_with_the_one_that_is_meant()
    {
        ErrorRecord error = Sync("""
            {
              "Function": { "FunctionName": "fresh", "Memory": 128, "Tags": { "a": "b" }, "LogRetention": 7, "Colour": "red" },
              "Sources": [ { "Source": "orders", "SourceType": "Kinesis", "BatchSz": 10, "MaxRetries": 3 } ],
              "Targets": [
                { "Id": "a", "Type": "sqs", "Destination": "audit", "Source": "orders", "DedupId": "x", "dedupe_id": "x", "GroupKey": "x", "Attributes": "{}",
                  "DeadLetterQueue": "dl", "Role": "r", "Filters": "{}", "Collaps": "none", "Comment": "mine" }
              ]
            }
            """).Error();

        string message = error.Exception.Message;
        foreach ((string name, string meant) in new[]
        {
            ("Memory", "MemorySize"), ("Tags", "Tag"), ("LogRetention", "LogRetentionDays"), ("BatchSz", "BatchSize"), ("MaxRetries", "MaximumRetryAttempts"), ("DedupId", "DeduplicationId"),
            ("dedupe_id", "DeduplicationId"), ("GroupKey", "Key"), ("Attributes", "MessageAttribute"), ("DeadLetterQueue", "DeadLetter"), ("Role", "DestinationRoleArn"), ("Filters", "Filter"),
            ("Collaps", "Collapse"),
        })
        {
            Assert.Contains($"There is no '{name}'; is {meant} meant?", message, StringComparison.Ordinal);
        }

        Assert.Contains("There is no 'Colour'.", message, StringComparison.Ordinal);
        Assert.Contains("There is no 'Comment'.", message, StringComparison.Ordinal);
        Assert.Empty(Session.Changes);
    }

    [Theory]
    [InlineData("{ \"Targets\": [ { \"Id\": \"a\",\n } \"x\" ] }", "line 2: It is not JSON")]
    [InlineData("{ \"Targets\": [\n { \"Id\": \"a\\ud800\" } ] }", "line 2: It is not JSON: half a surrogate pair is escaped in it")]
    [InlineData("{\n \"Target\\udc00\": [] }", "line 2: It is not JSON: half a surrogate pair is escaped in it")]
    [InlineData("[]", "line 1: It is a list; a desired state is an object")]
    [InlineData("{ \"Targets\": {} }", "line 1, Targets: It is an object; a list is wanted")]
    [InlineData("{ \"Targets\": [], \"targets\": [] }", "line 1, targets: It is there twice.")]
    [InlineData("", "line 1: It is not JSON")]
    public void What_is_no_state_is_said_to_be_none(string text, string says)
    {
        ErrorRecord error = Sync(text).Error();

        Assert.Contains(says, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Session.Changes);
    }

    [Fact]
    public void Comments_and_last_commas_are_taken()
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();

        Assert.Equal(["Create Target a"], Changes(Sync($$"""
            // Whose records go where
            { "$schema": "x", "Targets": [ { "Id": "a", /* the auditors' */ "Type": "sqs", {{Only}}, }, ] }
            """, "-WhatIf")));
    }

    [Fact]
    public void A_data_file_says_the_same()
    {
        Run("Publish-FanOutFunction").ThrowIfFailed();
        string path = Write("""
            @{
                # Whose records go where
                Sources = @{ Source = 'orders'; SourceType = 'Kinesis'; MaximumRetryAttempts = -1; MaximumRecordAge = -1 }, @{ Source = 'retired'; SourceType = 'Kinesis' }
                Targets = @(
                    @{ Id = 'a'; Type = 'sqs'; Destination = '${param:queue}'; Source = 'orders'; Enabled = $false; Filter = @{ data = @{ total = @(1, 2) } } }
                )
            }
            """, "state.psd1");
        Session.Cloud.Kinesis.CreateStream("retired");

        PowerShellResult plan = Run($"Sync-FanOutTarget '{path}' -WhatIf -Parameter @{{ queue = 'audit' }}");

        Assert.Equal(["Create Target a", "Create Source orders", "Create Source retired"], Changes(plan));
        Assert.Contains("Filter {\"data\":{\"total\":[1,2]}}", Attributes(plan.Output[0]), StringComparison.Ordinal);
        Assert.Contains("MaximumRetryAttempts -1", Attributes(plan.Output[1]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@{ Targets = @(Get-Process) }", "line 1, Targets[0]: 'Get-Process' would have to be run")]
    [InlineData("@{\n  Targets = \"$env:HOME\" }", "line 2, Targets: '\"$env:HOME\"' would have to be run")]
    [InlineData("@{ Targets = ", "line 1: ")]
    [InlineData("'x'", "line 1: It is not a data file")]
    public void Nothing_in_a_data_file_is_run(string text, string says)
    {
        string path = Write(text, "state.psd1");

        Assert.Contains(says, Run($"Sync-FanOutTarget '{path}' -WhatIf").Error().Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_and_none_at_all_are_errors()
    {
        Assert.StartsWith("FileNotFound,", Run($"Sync-FanOutTarget '{Named("absent.json")}'").Error().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-Path is missing", Run("Sync-FanOutTarget").Error().Exception.Message, StringComparison.Ordinal);
        Assert.Contains("nothing was piped in", Run("@() | Sync-FanOutTarget -Source orders -Prune").Error().Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Places_are_filled_from_the_environment_and_from_parameters()
    {
        Run("Publish-FanOutFunction; $env:FANOUT_TEST_QUEUE = 'archive'").ThrowIfFailed();

        PowerShellResult plan = Sync(
            """{ "Targets": [ { "Id": "x-${param:stage}", "Type": "sqs", "Destination": "${env:FANOUT_TEST_QUEUE}", "Source": "orders", "MaxItemBytes": "${param:size}", "Filter": "${param:filter}", "DestinationRegion": "us-${param:where}-1" },"""
                + """{ "Id": "plain-$${param:stage}", "Type": "sqs", "Destination": "audit", "Source": "orders", "Filter": { "data": { "x": ["${param:stage}"] } } } ] }""",
            "-WhatIf -Parameter @{ stage = 'test'; size = 1000; filter = @{ data = @{ y = @(1) } }; where = 'east'; more = 1 } -WarningAction Continue");

        Assert.Equal(["Create Target x-test", "Create Target plain-${param:stage}"], Changes(plan));
        Assert.Contains("MaxItemBytes 1000", Attributes(plan.Output[0]), StringComparison.Ordinal);
        Assert.Contains("Filter {\"data\":{\"y\":[1]}}", Attributes(plan.Output[0]), StringComparison.Ordinal);
        Assert.Contains("Filter {\"data\":{\"x\":[\"test\"]}}", Attributes(plan.Output[1]), StringComparison.Ordinal);
        Assert.Contains(plan.Warnings, static w => w.Contains("-Parameter has more, for which", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("${param:absent}", "${param:absent} is not there: give -Parameter @{ absent = … }.")]
    [InlineData("x-${env:FANOUT_ABSENT}", "${env:FANOUT_ABSENT} is not there: set the environment variable FANOUT_ABSENT.")]
    [InlineData("${secret:x}", "${secret:x} is not known")]
    [InlineData("${param:", "is not known")]
    [InlineData("a ${param:list} b", "${param:list} is part of a text, and -Parameter gives no text or number for 'list'.")]
    public void A_place_that_cannot_be_filled_is_a_fault(string text, string says)
    {
        ErrorRecord error = Sync($$"""{ "Targets": [ { "Id": "{{text}}", "Type": "sqs", {{Only}} } ] }""", "-Parameter @{ list = 1, 2 }").Error();

        Assert.Contains($"line 1, Targets[0].Id: ", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Exception.Message, StringComparison.Ordinal);
    }
}
