using System.Text.RegularExpressions;
using FanOut.Engine.Events;
using FanOut.Engine.Filtering;
using FanOut.Engine.Filtering.Shapes;

namespace FanOut.Tests.Filtering;

/// <summary>docs/filtering.md, as far as it can be checked.</summary>
public sealed partial class GuideTests
{
    private static readonly string Text = File.ReadAllText(Path.Join(Checkout.Root, "docs", "filtering.md"));

    public static TheoryData<string, string> Examples
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (Match match in Example().Matches(Text))
            {
                data.Add(match.Groups[1].Value, match.Groups[2].Value);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Each_example_is_a_filter_of_its_source(string source, string filter)
    {
        SourceKind kind = source == "DynamoDB" ? SourceKind.DynamoDb : Enum.Parse<SourceKind>(source, ignoreCase: true);
        Assert.True(RecordFilter.TryParse(filter, kind, out RecordFilter? parsed, out string? problem), problem);
        Assert.Null(parsed.FindUnmatchable(kind == SourceKind.Kinesis ? LambdaEvent.Stream : kind == SourceKind.DynamoDb ? LambdaEvent.Table : LambdaEvent.Topic));
    }

    [Fact]
    public void There_are_examples_of_each_source() => Assert.Equal(3, Examples.Select(static e => e.Data.Item1).Distinct().Count());

    [Theory]
    [InlineData(SourceKind.Kinesis)]
    [InlineData(SourceKind.DynamoDb)]
    [InlineData(SourceKind.Sns)]
    public void Each_name_that_a_filter_may_ask_for_is_described(SourceKind kind) =>
        Assert.All(RecordShapes.Of(kind).Fields!.Keys, static name => Assert.Contains($"`{name}`", Text, StringComparison.Ordinal));

    [GeneratedRegex(@"^\| (Kinesis|DynamoDB|SNS) \| `(\{.*\})` \|", RegexOptions.Multiline)]
    private static partial Regex Example();
}
