using FanOut.Engine.Events;
using FanOut.Engine.Templates;

namespace FanOut.Tests.Templates;

/// <summary>What is no transform is told with the fault, where it is, and what is allowed.</summary>
public class InvalidTransformTests
{
    [Theory]
    [InlineData("x", "is not JSON: ")]
    [InlineData("<data.x>", ". A template stands in an object, as a string: {\"inputTemplate\":")]
    [InlineData("{\"a\":<data.x>}", ", in PowerShell @{ inputTemplate = ")]
    [InlineData("{\"inputTemplate\":\"a <data.x and <data.y>\"}", "has '<data.x' with no '>' behind it")]
    [InlineData("{\"inputTemplate\":\"{\\\"a\\\":\\\"<$.data[0]\\\"}\"}", "has '<$.data[0]' with no '>' behind it")]
    [InlineData("[]", "is no input transformer: it must be an object")]
    [InlineData("{}", "has no inputTemplate, which says what the target gets")]
    [InlineData("{\"inputTemplate\":\" \"}", "has no inputTemplate")]
    [InlineData("{\"inputTemplate\":{}}", "is no input transformer: inputTemplate must be a string")]
    [InlineData("{\"inputTemplate\":\"a\",\"InputTemplate\":\"b\"}", "has 'InputTemplate' twice")]
    [InlineData("{\"inputTemplate\":\"\\ud800\"}", "is not JSON: half a surrogate pair")]
    [InlineData("{\"template\":\"a\"}", "has 'template'; it has inputPathsMap, if it needs it, and inputTemplate")]
    [InlineData("{\"inputPathsMap\":[],\"inputTemplate\":\"a\"}", "inputPathsMap must be an object")]
    [InlineData("{\"inputPathsMap\":{\"a\":1},\"inputTemplate\":\"a\"}", "inputPathsMap.a must be a string")]
    [InlineData("{\"inputPathsMap\":{\"a\":\"data.x\"},\"inputTemplate\":\"a\"}", "has the path 'data.x' for 'a'; a path begins with $")]
    [InlineData("{\"inputPathsMap\":{\"a\":\"$.data..x\"},\"inputTemplate\":\"a\"}", "has the path '$.data..x'; a path has the form")]
    [InlineData("{\"inputPathsMap\":{\"a\":\"$.data[-1]\"},\"inputTemplate\":\"a\"}", "has the path '$.data[-1]'; a path has the form")]
    [InlineData("{\"inputPathsMap\":{\"a\":\"$.data[1\"},\"inputTemplate\":\"a\"}", "has the path '$.data[1'; a path has the form")]
    [InlineData("{\"inputPathsMap\":{\"a\":\"$.date.x\"},\"inputTemplate\":\"a\"}", "asks for '$.date.x', which no record of the source has; it has data, partitionKey")]
    [InlineData("{\"inputPathsMap\":{\"aws.x\":\"$.data\"},\"inputTemplate\":\"a\"}", "has a variable 'aws.x'; names have")]
    [InlineData("{\"inputPathsMap\":{\"a b\":\"$.data\"},\"inputTemplate\":\"a\"}", "has a variable 'a b'; names have")]
    [InlineData("{\"inputPathsMap\":{\"a\":\"$.data\",\"a\":\"$.data\"},\"inputTemplate\":\"a\"}", "has the variable 'a' twice")]
    [InlineData("{\"inputTemplate\":\"<b>bold</b>\"}", "asks for 'b', which no record of the source has; it has data, ")]
    [InlineData("{\"inputTemplate\":\"<fanout.shard>\"}", "asks for <fanout.shard>; there are fanout.source")]
    [InlineData("{\"inputTemplate\":\"<aws.events.rule-arn>\"}", "asks for <aws.events.rule-arn>, which only EventBridge has; here there are fanout.source")]
    [InlineData("{\"inputTemplate\":\"{\\\"a\\\":<data>\"}", "has an inputTemplate that begins as JSON, but is none: ")]
    [InlineData("{\"inputTemplate\":\"{\\\"a\\\":1 2}\"}", "has an inputTemplate that begins as JSON, but is none: ")]
    [InlineData("{\"inputTemplate\":\"{\\\"a\\\":1<data>}\"}", "has an inputTemplate that begins as JSON, but is none: ")]
    [InlineData("{\"inputTemplate\":\"{\\\"<data>\\\":1}\"}", "has a value in the name of a field, where only text may stand")]
    [InlineData("{\"inputTemplate\":\"{<data>:1}\"}", "has an inputTemplate that begins as JSON, but is none: ")]
    public void The_fault_is_named(string text, string problem) => Assert.Contains(problem, TransformRecords.ProblemOf(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("a < b")]
    [InlineData("<data")]
    [InlineData("i<data of <data.x>")]
    public void A_lone_bracket_is_text(string template) => Assert.True(RecordTransform.TryParse(TransformRecords.Text(template), SourceKind.Kinesis, "", "t", out _, out string? problem), problem);

    [Fact]
    public void A_text_without_named_paths_is_not_told_of_them()
    {
        Assert.False(RecordTransform.TryParseText("o-<foo.x>", SourceKind.Kinesis, "", "t", out _, out string? problem));
        Assert.EndsWith("which no record of the source has; it has data, partitionKey, sequenceNumber", problem[..problem.IndexOf("sequenceNumber", StringComparison.Ordinal)] + "sequenceNumber", StringComparison.Ordinal);
        Assert.DoesNotContain("inputPathsMap", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_limits_are_those_of_EventBridge()
    {
        Assert.Contains("has 8193 characters", TransformRecords.ProblemOf(TransformRecords.Text(new string('x', 8_193))).Replace("of 8193", "has 8193", StringComparison.Ordinal), StringComparison.Ordinal);
        string paths = string.Join(',', Enumerable.Range(0, 101).Select(static i => $"\"v{i}\":\"$.data.x{i}\""));
        Assert.Contains("more than 100 paths", TransformRecords.ProblemOf(TransformRecords.Text("a", $"{{{paths}}}")), StringComparison.Ordinal);
        Assert.Contains("a path of 300 characters", TransformRecords.ProblemOf(TransformRecords.Text("a", $"{{\"a\":\"$.data.{new string('x', 293)}\"}}")), StringComparison.Ordinal);
        Assert.Contains("longer than 32 steps", TransformRecords.ProblemOf(TransformRecords.Text("a", $"{{\"a\":\"$.data{string.Concat(Enumerable.Repeat(".x", 40))}\"}}")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_s_records_have_no_data_and_a_stream_s_no_images()
    {
        Assert.Contains("asks for 'data.x', which no record", TransformRecords.ProblemOf(TransformRecords.Text("<data.x>"), SourceKind.DynamoDb), StringComparison.Ordinal);
        Assert.Contains("asks for 'newImage.x', which no record", TransformRecords.ProblemOf(TransformRecords.Text("<newImage.x>")), StringComparison.Ordinal);
        Assert.Contains("asks for 'dynamodb.Image', which no record", TransformRecords.ProblemOf(TransformRecords.Text("<dynamodb.Image>"), SourceKind.DynamoDb), StringComparison.Ordinal);
    }
}
