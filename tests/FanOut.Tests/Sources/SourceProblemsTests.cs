using Amazon.DynamoDBv2.Model;
using FanOut.Aws.Lambda;
using FanOut.Registry;
using FanOut.Sources;
using FanOut.Tests.Mappings;

namespace FanOut.Tests.Sources;

public sealed class SourceProblemsTests
{
    private const string Where = $"-SourceArn '{Rows.Source}' -Region us-east-1";

    private static readonly SourceFacts Healthy = new()
    {
        SourceArn = Rows.Source,
        EventSourceMapping = Mapping(),
        Targets = [Row(Rows.Row())],
        AnswersItems = true,
        Region = "us-east-1",
        FunctionName = "fanout",
        TableName = "fanoutTargets",
        FunctionTable = "fanoutTargets",
    };

    public static TheoryData<string, string> Cases => new()
    {
        { nameof(Healthy), "" },
        { "not connected", $"Targets are registered, but the source is not connected. Connect-FanOutSource {Where}" },
        { "nothing", $"The source is not connected. Connect-FanOutSource {Where}|No target is registered. Register-FanOutTarget -Enabled -Id <id> -Type <type> -Destination <destination> {Where}" },
        { "topic", "" },
        { "disabled", $"The stream is suspended. Its event source mapping is Disabled. Resume-FanOutSource {Where}" },
        { "enabling", "" },
        { "loses", $"Records that fail are lost: the function's FANOUT_BATCH_ITEM_FAILURES is true, but the event source mapping does not have ReportBatchItemFailures. Connect-FanOutSource -Force {Where}" },
        { "whole batches", $"ReportBatchItemFailures is on, but the function's FANOUT_BATCH_ITEM_FAILURES is not true: one failed record fails its whole batch. Connect-FanOutSource -Force {Where}" },
        { "foreign", $"ReportBatchItemFailures is on, but the function has the runtime nodejs10.x and does not report which records failed. Connect-FanOutSource -Force {Where}" },
        { "unknown variable", "" },
        { "problem", "The last batch failed: PROBLEM: Function call failed. The function's log says why, and at which target: Get-FanOutLog -Level error -SourceArn 'arn:aws:kinesis:us-east-1:123456789012:stream/inputStream' -Region us-east-1" },
        { "problem at one", "The last batch failed: PROBLEM: Function call failed. The target it's [1] did not take its records: AccessDenied: not allowed. More in the log: Get-FanOutLog -Id 'it''s `[1`]' -Level error -SourceArn 'arn:aws:kinesis:us-east-1:123456789012:stream/inputStream' -Region us-east-1" },
        { "problem at many", "The last batch failed: PROBLEM: Function call failed. 7 targets did not take their records: a (Throttled: slow down), b, c, d, e and others. Their reasons are in the log: Get-FanOutLog -Level error -SourceArn 'arn:aws:kinesis:us-east-1:123456789012:stream/inputStream' -Region us-east-1" },
        { "problem whose reason has a command", "The last batch failed: PROBLEM: Function call failed. The target a did not take its records: Gone: the queue is gone. More in the log: Get-FanOutLog -Id 'a' -Level error -SourceArn 'arn:aws:kinesis:us-east-1:123456789012:stream/inputStream' -Region us-east-1" },
        { "inactive", $"No target is enabled. Get-FanOutTarget {Where} | Enable-FanOutTarget" },
        { "invalid", $"The target it's is not a valid mapping (*), and fails all records of the source. Unregister-FanOutTarget -Id 'it''s' {Where}" },
        { "keys only", $"The target a does not get all records: its view is newImage, which a stream of the view type KEYS_ONLY never carries: its records fail. Another stream of the table with NEW_AND_OLD_IMAGES has them; or show what needs no image. Set-FanOutTarget -Id 'a' -View record {Where}" },
        { "keys only and the record", "" },
        { "keys only and not active", $"No target is enabled. Get-FanOutTarget {Where} | Enable-FanOutTarget" },
        { "all images", "" },
        { "unread", "" },
        { "other table", "The function reads its targets from the table mappings, not from fanoutTargets: Get-FanOutSource -TableName 'mappings' -Region us-east-1" },
        { "same table by ARN", "" },
        { "alias", $"The stream is suspended. Its event source mapping is Disabled. Resume-FanOutSource -SourceArn '{Rows.Source}' -FunctionName 'fanout:live' -Region us-east-1" },
        { "queue", "The function cannot read a source of this type: each of its batches fails. Disconnect-FanOutSource -SourceArn 'arn:aws:sqs:us-east-1:1:q' -Region us-east-1" },
        { "other function", $"The stream is suspended. Its event source mapping is Disabled. Resume-FanOutSource -SourceArn '{Rows.Source}' -FunctionName 'it''s' -Region eu-west-1 -TableName 'mappings'" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_problem_is_told_with_the_command_that_repairs_it(string name, string expected)
    {
        string problems = string.Join('|', SourceProblems.Of(Facts(name)));

        int at = expected.IndexOf('*', StringComparison.Ordinal);
        Assert.Equal(expected.Replace("*", "", StringComparison.Ordinal), at < 0 ? problems : problems.Remove(at, problems.LastIndexOf("), and", StringComparison.Ordinal) - at));
    }

    [Theory]
    [InlineData(0, 0, "OK")]
    [InlineData(0, null, "Targets not known")]
    [InlineData(1, null, "a")]
    [InlineData(2, 0, "(2) a")]
    public void The_status_is_the_worst_problem_and_how_many_there_are(int count, int? targets, string status) => Assert.Equal(
        status, new FanOutSource { SourceArn = "", Name = "", State = "", Region = "", FunctionName = "", TableName = "", AllTargets = targets, Problems = [.. "ab"[..count].Select(static c => $"{c}")] }.Status);

    private static SourceFacts Facts(string name) => name switch
    {
        "not connected" => Healthy with { EventSourceMapping = null },
        "nothing" => Healthy with { EventSourceMapping = null, Targets = [] },
        "topic" => Healthy with { EventSourceMapping = null, SourceArn = "arn:aws:sns:us-east-1:1:t" },
        "disabled" => Healthy with { EventSourceMapping = Mapping("Disabled") },
        "enabling" => Healthy with { EventSourceMapping = Mapping("Enabling") },
        "loses" => Healthy with { EventSourceMapping = Mapping(reports: false) },
        "whole batches" => Healthy with { AnswersItems = false },
        "foreign" => Healthy with { AnswersItems = null, ForeignRuntime = "nodejs10.x" },
        "unknown variable" => Healthy with { AnswersItems = null, EventSourceMapping = Mapping(reports: false) },
        "problem" => Healthy with { EventSourceMapping = Mapping(result: "PROBLEM: Function call failed") },
        "problem at one" => Failing(new FailedTarget("it's [1]", "AccessDenied: not allowed")),
        "problem at many" => Failing([.. "abcdefg".Select(static c => new FailedTarget($"{c}", "Throttled: slow down."))]),
        "problem whose reason has a command" => Failing(new FailedTarget("a", "Gone: the queue is gone. Set-FanOutTarget -Destination <another>")),
        "inactive" => Healthy with { Targets = [Row(Rows.Row(("active", new AttributeValue { BOOL = false })))] },
        "invalid" => Healthy with { Targets = [Row(Rows.Row()), Row(Rows.Row(("id", new AttributeValue("it's")), ("type", new AttributeValue("fax"))))] },
        "keys only" => Healthy with { StreamViewType = "KEYS_ONLY" },
        "keys only and the record" => Healthy with { StreamViewType = "KEYS_ONLY", Targets = [Row(Rows.Row(("view", new AttributeValue("record"))))] },
        "keys only and not active" => Healthy with { StreamViewType = "KEYS_ONLY", Targets = [Row(Rows.Row(("active", new AttributeValue { BOOL = false })))] },
        "all images" => Healthy with { StreamViewType = "NEW_AND_OLD_IMAGES" },
        "unread" => Healthy with { Targets = null },
        "other table" => Healthy with { FunctionTable = "mappings" },
        "same table by ARN" => Healthy with { FunctionTable = "arn:aws:dynamodb:us-east-1:1:table/fanoutTargets" },
        "alias" => Healthy with { EventSourceMapping = Mapping("Disabled", function: "arn:aws:lambda:us-east-1:1:function:fanout:live") },
        "queue" => Healthy with { SourceArn = "arn:aws:sqs:us-east-1:1:q" },
        "other function" => Healthy with { EventSourceMapping = Mapping("Disabled"), FunctionName = "it's", Region = "eu-west-1", TableName = "mappings", FunctionTable = "mappings" },
        _ => Healthy,
    };

    private static SourceFacts Failing(params FailedTarget[] targets) => Facts("problem") with { Failed = targets };

    private static EventSourceMappingConfiguration Mapping(string state = "Enabled", bool reports = true, string result = "OK", string? function = null) => new()
    {
        FunctionArn = function,
        EventSourceArn = Rows.Source,
        State = state,
        LastProcessingResult = result,
        FunctionResponseTypes = reports ? ["ReportBatchItemFailures"] : [],
    };

    private static TargetRow Row(Dictionary<string, AttributeValue> item) => new(item, "us-east-1", "fanout", "fanoutTargets");
}
